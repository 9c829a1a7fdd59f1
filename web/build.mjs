// Makes the page: src/ and the maps become the few files of ../src/serve/assets, which are committed
// and embedded in the program. `npm run build` makes them; --check says whether they are up to date.
import { build } from 'esbuild'
import { readFileSync, writeFileSync, mkdirSync, readdirSync, existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { presimplify, simplify, quantile } from 'topojson-simplify'
import { quantize } from 'topojson-client'

const here = import.meta.dirname
const assets = join(here, '../src/serve/assets')
const files = new Map()

// ---- scripts and styles

async function bundle() {
  const made = await build({
    absWorkingDir: here,
    entryPoints: { app: 'src/main.js', style: 'src/app.css' },
    bundle: true, minify: true, format: 'esm', target: ['es2022'], outdir: assets, write: false,
    loader: { '.tsv': 'text' }, legalComments: 'none', charset: 'utf8',
  })
  for (const f of made.outputFiles)
    files.set(f.path.endsWith('.css') ? 'app.css' : 'app.js', Buffer.from(f.contents))
  for (const name of ['index.html', 'icon.svg']) files.set(name, readFileSync(join(here, 'src', name)))
}

// ---- maps: borders only, without names, coarser than the source

function world(source, keep, grid) {
  const topology = JSON.parse(readFileSync(join(here, 'node_modules/world-atlas', source), 'utf8'))
  delete topology.objects.land
  const drawn = topology.objects.countries
  drawn.geometries = drawn.geometries.filter(g => g.id !== '010').map(({ type, arcs, id }) => ({ type, arcs, id }))
  let made = topology
  if (keep < 1) {
    const weighed = presimplify(topology)
    made = simplify(weighed, quantile(weighed, 1 - keep))
  }
  if (made.transform === undefined || grid) made = quantize(unquantized(made), grid)
  return Buffer.from(JSON.stringify(made))
}

// quantize() wants absolute coordinates; what world-atlas gives is delta-encoded, what simplify gives is not.
function unquantized(topology) {
  if (!topology.transform) return topology
  const { scale: [kx, ky], translate: [dx, dy] } = topology.transform
  const arcs = topology.arcs.map(arc => {
    let x = 0, y = 0
    return arc.map(([px, py]) => [(x += px) * kx + dx, (y += py) * ky + dy])
  })
  return { type: topology.type, objects: topology.objects, arcs, bbox: topology.bbox }
}

// ---- licences of what the bundle holds

function licences() {
  const lock = JSON.parse(readFileSync(join(here, 'package-lock.json'), 'utf8'))
  const parts = []
  for (const [path, p] of Object.entries(lock.packages).sort()) {
    if (!path || p.dev) continue
    const folder = join(here, path)
    const file = existsSync(folder) && readdirSync(folder).find(f => /^licen[cs]e/i.test(f))
    parts.push(`${path.replace('node_modules/', '')} ${p.version} (${p.license})\n\n` +
      (file ? readFileSync(join(folder, file), 'utf8').trim() : 'no licence text in the package') + '\n')
  }
  parts.push('The maps are made from Natural Earth, which is in the public domain.\n')
  return Buffer.from(parts.join('\n' + '-'.repeat(80) + '\n\n').replace(/[ \t\r]+$/gm, ''))
}

await bundle()
files.set('world-110m.json', world('countries-110m.json', 1, 0))
files.set('world-50m.json', world('countries-50m.json', 0.62, 1e4))
files.set('licences.txt', licences())

if (process.argv.includes('--check')) {
  const stale = [...files].filter(([name, b]) => !existsSync(join(assets, name)) || !readFileSync(join(assets, name)).equals(b))
  if (stale.length) {
    console.error(`out of date: ${stale.map(s => s[0]).join(' ')}; run "npm run build" in web/ and commit src/serve/assets`)
    process.exit(1)
  }
} else {
  mkdirSync(assets, { recursive: true })
  for (const [name, bytes] of files) writeFileSync(join(assets, name), bytes)
}
let all = 0
for (const [name, bytes] of files) {
  const zipped = gzipSync(bytes, { level: 9 }).length
  all += zipped
  console.log(`${name.padEnd(18)} ${String(bytes.length).padStart(8)} ${String(zipped).padStart(8)} gzipped`)
}
console.log(`${'all'.padEnd(27)} ${String(all).padStart(8)} gzipped`)
