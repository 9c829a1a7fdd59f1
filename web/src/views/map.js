// Where: events by place, near ones together, each circle divided by quad class. No tiles; borders from our own server.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { geoNaturalEarth1, geoPath, geoGraticule10 } from 'd3-geo'
import { feature, mesh } from 'topojson-client'
import Supercluster from 'supercluster'
import { html } from '../html.js'
import { ask, get, useApi } from '../api.js'
import { linkTo, linkWith, members, query, set, toggle, filterOf } from '../filters.js'
import { useExport } from '../exports.js'
import { about } from '../state.js'
import { QUADS, nameOf, number, plural } from '../words.js'
import { Answer, Headline, Numbers, Ranking } from '../parts/common.js'
import { Patterns, Glyph } from '../parts/glyph.js'

const W = 960, H = 520, MOST = 96, DETAIL = 3   // the world, as drawn
const NARROW = [500, 420]   // on a phone the window shows a part of it, so that signs keep their size
// Without Antarctica, where nothing is coded.
const projection = geoNaturalEarth1().fitExtent([[6, 8], [W - 6, H - 8]], { type: 'MultiPoint', coordinates: [[-168, 0], [180, 0], [0, -57], [0, 83.5]] })
const draw = geoPath(projection).digits(1)
const SPHERE = draw({ type: 'Sphere' })
const GRATICULE = draw(geoGraticule10())
const drawn = new Map()   // file -> {land, borders}, drawn once

async function world(file) {
  if (!drawn.has(file)) {
    const topology = await get('/' + file)
    const countries = topology.objects.countries
    drawn.set(file, { land: draw(feature(topology, countries)), borders: draw(mesh(topology, countries, (a, b) => a !== b)) })
  }
  return drawn.get(file)
}

function useWorld(detailed) {
  const [shape, setShape] = useState(null)
  useEffect(() => {
    let here = true
    world(detailed ? 'world-50m.json' : 'world-110m.json').then(s => here && setShape(s), () => {})
    return () => { here = false }
  }, [detailed])
  return shape
}

const sum = (a, b) => { for (const q of [1, 2, 3, 4]) a.quads[q] += b.quads[q]; a.n += b.n }

function cluster(places) {
  const index = new Supercluster({
    radius: 46, maxZoom: 9, minPoints: 2,
    map: p => ({ n: p.n, quads: { ...p.quads } }), reduce: sum,
  })
  return index.load(places.map(p => ({ type: 'Feature', properties: p, geometry: { type: 'Point', coordinates: [p.lon, p.lat] } })))
}

// Four slices of a ring; the classes keep their order, so that they can also be told by place.
function slices(quads, n, r) {
  const out = []
  let from = 0
  for (const q of [1, 2, 4, 3]) {
    const share = (quads[q] || 0) / n
    if (!share) continue
    const a = 2 * Math.PI * from, b = 2 * Math.PI * (from + share)
    const at = (angle, radius) => `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`
    out.push([q, share > 0.9999 ? `M0 ${-r}A${r} ${r} 0 1 1 0 ${r}A${r} ${r} 0 1 1 0 ${-r}z` : `M0 0L${at(a, r)}A${r} ${r} 0 ${share > 0.5 ? 1 : 0} 1 ${at(b, r)}z`])
    from += share
  }
  return out
}

const HOME = { k: 1, x: W / 2, y: H / 2 }
// On a phone: the part of the world in which most happens.
function busiest(places) {
  const at = places.slice(0, 200).map(p => [projection([p.lon, p.lat])[0], p.n]).sort((a, b) => a[0] - b[0])
  let most = { n: 0, x: W / 2 + 40 }
  for (const [from] of at) {
    const inside = at.filter(([x]) => x >= from && x <= from + NARROW[0] - 40)
    const n = inside.reduce((s, p) => s + p[1], 0)
    if (n > most.n) most = { n, x: (from + inside.at(-1)[0]) / 2 }
  }
  return bounded({ k: 1, x: most.x, y: H / 2 - 30 }, NARROW)
}
function readView(at) {
  const [k, lon, lat] = (at || '').split('_').map(Number)
  const p = k >= 1 && k <= MOST && isFinite(lon) && isFinite(lat) && projection([lon, lat])
  return p ? { k, x: p[0], y: p[1] } : HOME
}
function writeView({ k, x, y }) {
  if (k < 1.05) return ''
  const [lon, lat] = projection.invert([x, y])
  return [k.toFixed(1), lon.toFixed(2), lat.toFixed(2)].join('_')
}
const scale = (k, [w]) => Math.max(Math.min(1, w / W), Math.min(MOST, k))   // at the least all of the world is seen
const bounded = ({ k, x, y }, [w, h]) => {
  k = scale(k, [w])
  const inside = (v, size, seen) => (seen > size * k ? size / 2 : Math.max(seen / 2 / k, Math.min(size - seen / 2 / k, v)))
  return { k, x: inside(x, W, w), y: inside(y, H, h) }
}

function Drawing({ data, svgRef }) {
  const narrow = innerWidth < 600
  const seen = narrow ? NARROW : [W, H]
  const [w, h] = seen
  const home = useMemo(() => (narrow ? busiest(data.places) : HOME), [data])
  const whole = { ...HOME, k: scale(0, seen) }
  const read = at => (at ? readView(at) : home)
  const [view, setView] = useState(() => read(query.value.at))
  const shape = useWorld(view.k >= DETAIL)
  const index = useMemo(() => cluster(data.places), [data])
  const held = useRef(new Map())
  const moved = useRef(false)
  useEffect(() => { const next = read(query.value.at); if (writeView(next) !== writeView(view)) setView(next) }, [query.value.at])
  useEffect(() => {
    const later = setTimeout(() => { const at = writeView(view); if (at !== (query.value.at || '')) set({ at }, { replace: true }) }, 350)
    return () => clearTimeout(later)
  }, [view])
  const zoom = Math.round(Math.log2(view.k) + 1.1)
  const shown = useMemo(() => index.getClusters([-180, -85, 180, 85], zoom), [index, zoom])
  const most = Math.max(1, ...shown.map(f => f.properties.n))
  const to = ([px, py]) => [(px - view.x) * view.k + w / 2, (py - view.y) * view.k + h / 2]
  const change = (f, cx = w / 2, cy = h / 2) => setView(v => {
    const k = scale(v.k * f, seen)
    const wx = v.x + (cx - w / 2) / v.k, wy = v.y + (cy - h / 2) / v.k
    return bounded({ k, x: wx - (cx - w / 2) / k, y: wy - (cy - h / 2) / k }, seen)
  })
  const place = e => {
    const box = svgRef.current.getBoundingClientRect()
    return [((e.clientX - box.left) / box.width) * w, ((e.clientY - box.top) / box.height) * h]
  }
  useEffect(() => {   // not passive: the page must not scroll too
    const wheel = e => { if (!e.ctrlKey && !e.metaKey && Math.abs(e.deltaY) < 2) return; e.preventDefault(); change(2 ** (-e.deltaY / 240), ...place(e)) }
    const svg = svgRef.current
    svg.addEventListener('wheel', wheel, { passive: false })
    return () => svg.removeEventListener('wheel', wheel)
  }, [])
  const pointer = {
    onPointerDown: e => { held.current.set(e.pointerId, place(e)); moved.current = false },
    onPointerMove: e => {
      const was = held.current.get(e.pointerId)
      if (!was) return
      const now = place(e)
      const other = [...held.current].find(([id]) => id !== e.pointerId)?.[1]
      if (other) change(Math.hypot(now[0] - other[0], now[1] - other[1]) / Math.max(1, Math.hypot(was[0] - other[0], was[1] - other[1])), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2)
      else if (moved.current || Math.hypot(now[0] - was[0], now[1] - was[1]) > 4) {
        if (!moved.current) e.currentTarget.setPointerCapture(e.pointerId)
        moved.current = true
        setView(v => bounded({ ...v, x: v.x - (now[0] - was[0]) / v.k, y: v.y - (now[1] - was[1]) / v.k }, seen))
      } else return
      held.current.set(e.pointerId, now)
    },
    onPointerUp: e => held.current.delete(e.pointerId),
    onPointerCancel: e => held.current.delete(e.pointerId),
  }
  const key = e => {
    const step = 80 / view.k
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[e.key]
    if (by) { e.preventDefault(); setView(v => bounded({ ...v, x: v.x + by[0], y: v.y + by[1] }, seen)) }
    else if (e.key === '+' || e.key === '=') change(1.6)
    else if (e.key === '-') change(1 / 1.6)
    else if (e.key === '0') setView(whole)
  }
  const open = f => {
    if (moved.current) return
    if (f.properties.cluster) {
      const p = projection(f.geometry.coordinates)
      const z = index.getClusterExpansionZoom(f.properties.cluster_id)
      setView(bounded({ k: Math.max(view.k * 1.8, 2 ** (z - 1)), x: p[0], y: p[1] }, seen))
    } else set({ place: f.properties.name })
  }
  const t = `translate(${w / 2 - view.x * view.k} ${h / 2 - view.y * view.k}) scale(${view.k})`
  const points = [...shown].sort((a, b) => b.properties.n - a.properties.n).map(f => {
    const p = projection(f.geometry.coordinates)
    const [x, y] = to(p)
    return { f, x, y, r: 4.5 + 21 * Math.sqrt(f.properties.n / most) }
  }).filter(p => p.x > -30 && p.x < w + 30 && p.y > -30 && p.y < h + 30)
  // Names where they have room, the largest first.
  const named = []
  for (const p of points) {
    if (p.f.properties.cluster || named.length > 40 || view.k < 1.8) continue
    const half = p.f.properties.name.length * 3, y = p.y + p.r + 7
    const covered = o => o !== p && Math.abs(o.y - y) < o.r + 4 && Math.abs(o.x - p.x) < o.r + half
    if (named.every(o => Math.abs(o.x - p.x) > 78 || Math.abs(o.y + o.r - p.y - p.r) > 13) && !points.some(covered)) named.push(p)
  }
  return html`<div class="plot" tabindex="0" role="group" onKeyDown=${key} aria-label="Map. Arrows move it, plus and minus zoom, 0 shows the world. The list beside it has the same places.">
    <svg ref=${svgRef} class="map" viewBox=${`0 0 ${w} ${h}`} aria-hidden="true" ...${pointer} onDblClick=${e => change(2, ...place(e))}>
      <${Patterns} id="map" />
      <g transform=${t}><path class="sea" d=${SPHERE} /><path class="graticule" d=${GRATICULE} />
        ${shape && html`<path class="land" d=${shape.land} /><path class="borders" d=${shape.borders} />`}</g>
      ${points.map(({ f, x, y, r }) => html`<g class="place" transform=${`translate(${x.toFixed(1)} ${y.toFixed(1)})`} key=${f.id ?? f.properties.name + f.properties.lat} onClick=${() => open(f)}>
        ${slices(f.properties.quads, f.properties.n, r).map(([q, d]) => html`<path d=${d} class=${'area q' + q} fill=${q % 2 ? `url(#map-${q})` : null} />`)}
        <circle class="rim" r=${r} />
        ${r > 11 && html`<circle class="core" r=${Math.max(8, r * 0.52)} /><text text-anchor="middle" y="3.5">${f.properties.n > 9999 ? Math.round(f.properties.n / 1000) + 'k' : f.properties.n}</text>`}
        <title>${f.properties.cluster ? `${f.properties.point_count} places` : `${f.properties.name}${f.properties.country ? ', ' + nameOf(f.properties.country) : ''}`}: ${plural(f.properties.n, 'event')}${[1, 2, 3, 4].map(q => `\n${QUADS[q].name} ${f.properties.quads[q] || 0}`)}</title></g>`)}
      ${named.map(p => html`<text class="name" x=${p.x} y=${p.y + p.r + 10} text-anchor="middle">${p.f.properties.name}</text>`)}
    </svg>
    <div class="zoom"><button type="button" onClick=${() => change(1.8)} aria-label="Zoom in">+</button>
      <button type="button" onClick=${() => change(1 / 1.8)} aria-label="Zoom out">−</button>
      <button type="button" onClick=${() => setView(whole)} aria-label="Show the whole world">⤢</button></div>
  </div>`
}

export function MapView() {
  const asked = query.value
  const svg = useRef()
  const of = useApi(about.value && ask('places', asked))
  const { data } = of
  const shown = data ? data.places.reduce((s, p) => s + p.n, 0) : 0
  const sentence = data ? `${number(shown)} events at ${plural(data.places.length, 'place')}. Near places are drawn as one circle; click it to come closer, or a single place to read its events.` : ''
  const table = data && { caption: 'Events by place', head: ['place', 'country', 'events', ...[1, 2, 3, 4].map(q => QUADS[q].name), 'latitude', 'longitude', 'precision'],
    rows: data.places.map(p => [{ text: p.name, href: linkTo('/events', { place: p.name }) }, nameOf(p.country), p.n, ...[1, 2, 3, 4].map(q => p.quads[q] || 0), p.lat, p.lon, p.precision]) }
  useExport(() => data && { name: 'map', title: 'Where it happens', sentence, svg: () => svg.current, tables: [table] }, [data])
  const basis = filterOf('basis').values
  const now = members(asked.basis)
  return html`<${Answer} of=${of} empty=${d => !d.places.length && !d.without.place} what="places">${d => html`
    <${Headline} title="Where it happens" sentence=${sentence}>
      <p class="left-out"><b>Left out:</b> <b class="n">${number(d.without.place)}</b> events without a place, <b class="n">${number(d.without.coordinates)}</b> at a place that the gazetteer does not know.</p></${Headline}>
    <div class="toolbar"><div class="segments" role="group" aria-label="Place known by"><span>Place known by</span>${Object.entries(basis).map(([value, words]) => html`
      <button type="button" aria-pressed=${now.includes(value)} onClick=${() => toggle('basis', value)}>${words}</button>`)}</div>
      <div class="key">${[1, 2, 3, 4].map(q => html`<span><${Glyph} quad=${q} /> ${QUADS[q].name}</span>`)}</div></div>
    <div class="split map-view">
      <div class="drawing"><${Drawing} data=${d} svgRef=${svg} /></div>
      <div class="beside"><${Ranking} title="Places" rows=${d.places.slice(0, 13).map(p => ({
        label: html`${p.name} <small>${p.precision === 'country' ? 'country' : p.country ? nameOf(p.country) : p.precision}</small>`, n: p.n, cooperation: (p.quads[1] || 0) + (p.quads[2] || 0), conflict: (p.quads[3] || 0) + (p.quads[4] || 0),
        href: asked.place === p.name ? linkTo('/events') : linkWith({ place: p.name }) }))} />
      ${asked.place && html`<p><a class="button" href=${linkTo('/events')}>Read the events of ${asked.place}</a></p>`}</div>
    </div>
    <${Numbers} table=${table} name="places" />`}</${Answer}>`
}
