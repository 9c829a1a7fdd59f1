// run.mjs PROGRAM|ADDRESS [WORD]: the cases of cases.mjs against the server of PROGRAM, or one that runs at ADDRESS.
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cases } from './cases.mjs'

const here = import.meta.dirname
const need = createRequire(join(here, '../../web/package.json'))
const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium'
const [target, word = ''] = process.argv.slice(2)

function stop(text) { console.log(text); process.exit(0) }
let chromium, axe
try {
  ({ chromium } = need('playwright-core'))
  axe = need.resolve('axe-core/axe.min.js')
} catch { stop('skipped page: npm ci --prefix web was not run') }
if (!existsSync(CHROMIUM)) stop('skipped page: there is no chromium')

const free = () => new Promise(done => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)) }) })

async function serve(program) {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-page-'))
  const db = join(folder, 'events.db')
  const made = spawnSync(program, ['ingest', '-q', '--db', db, join(here, 'reports.jsonl')], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error('ingest: ' + made.stderr)
  const port = await free()
  const child = spawn(program, ['serve', '--db', db, '--port', String(port), '--correct'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const base = `http://127.0.0.1:${port}`
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) throw new Error('the server ended at once')
    try { if ((await fetch(base + '/healthz')).ok) return { base, end: () => { child.kill('SIGTERM'); rmSync(folder, { recursive: true }) } } } catch { /* not yet */ }
    await new Promise(next => setTimeout(next, 50))
  }
  throw new Error('the server does not answer')
}

const server = /^https?:/.test(target) ? { base: target, end() {} } : await serve(target)
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
let failed = 0
for (const [name, { run, window = {}, allow = [] }] of Object.entries(cases)) {
  if (!name.includes(word)) continue
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...window })
  const page = await context.newPage()
  page.setDefaultTimeout(20000)
  const wrong = []
  const notice = text => { if (!allow.some(a => a.test(text))) wrong.push(text) }
  context.on('request', r => { if (!r.url().startsWith(server.base) && !/^(data|blob|file):/.test(r.url())) notice('asked another host: ' + r.url()) })
  context.on('console', m => { if (m.type() === 'error') notice('console: ' + m.text()) })
  context.on('weberror', e => notice('error: ' + e.error().message))
  const begun = performance.now()
  try {
    await run({ page, context, base: server.base, axe })
    if (wrong.length) throw new Error(wrong.join('\n'))
    console.log(`ok ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failed++
    console.log(`FAILED ${name}\n${String(error.message).split('\n').slice(0, 12).map(l => '    ' + l).join('\n')}`)
    if (wrong.length) console.log(wrong.slice(0, 5).map(l => '    ' + l).join('\n'))
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `failed-${name.replaceAll(' ', '-')}.png`) }).catch(() => {})
  }
  await context.close()
}
await browser.close()
server.end()
process.exit(failed ? 1 : 0)
