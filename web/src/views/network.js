// Who acts on whom: actors as circles, pairs as lines; a pair opens its counts, its series and its events.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { forceSimulation, forceLink, forceManyBody, forceCollide, forceX, forceY } from 'd3-force'
import { html } from '../html.js'
import { ask, useApi } from '../api.js'
import { filtersOf, linkTo, linkWith, query, set } from '../filters.js'
import { useExport } from '../exports.js'
import { about } from '../state.js'
import { decimal, inText, nameOf, number, plural } from '../words.js'
import { Answer, Failure, Headline, Numbers, Waiting } from '../parts/common.js'
import { Series, seriesTable } from '../parts/series.js'
import { EventList } from './events.js'

const W = 900, H = 680, LINES = 150
const NODES = ['20', '60', '120', '200']
const net = e => (e.n ? (e.cooperation - e.conflict) / Math.max(1, e.cooperation + e.conflict) : 0)
const side = e => (net(e) > 0.15 ? 'q2' : net(e) < -0.15 ? 'q4' : 'even')

// The same data give the same picture: the simulation has no chance in it, and runs to its end before it is drawn.
function layout({ nodes, edges }) {
  const most = Math.max(1, ...nodes.map(n => n.n)), thick = Math.max(1, ...edges.map(e => e.n))
  const crowd = Math.sqrt(60 / Math.max(20, nodes.length))
  const placed = nodes.map((n, i) => ({ ...n, r: (5 + 24 * Math.sqrt(n.n / most)) * Math.min(1, crowd), x: W / 2 + Math.cos(i * 2.4) * 12 * Math.sqrt(i + 1), y: H / 2 + Math.sin(i * 2.4) * 10 * Math.sqrt(i + 1) }))
  const links = edges.map(e => ({ ...e, source: e.a, target: e.b, w: 1 + 9 * Math.sqrt(e.n / thick) }))
  const sim = forceSimulation(placed)
    .force('link', forceLink(links).id(n => n.id).distance(l => 60 + 40 * crowd + l.source.r + l.target.r).strength(l => 0.05 + 0.3 * Math.sqrt(l.n / thick)))
    .force('push', forceManyBody().strength(-260 * crowd)).force('x', forceX(W / 2).strength(0.05)).force('y', forceY(H / 2).strength(0.085))
    .force('apart', forceCollide(n => n.r + 9 * crowd + 3)).stop()
  for (let i = 0; i < 320; i++) sim.tick()
  // Fit into the drawing, with room for labels.
  const fit = (k, low, high) => {
    const from = Math.min(...placed.map(n => n[k] - n.r)), to = Math.max(...placed.map(n => n[k] + n.r))
    const f = Math.min(1.4, (high - low) / Math.max(1, to - from))
    for (const n of placed) n[k] = (low + high) / 2 + (n[k] - (from + to) / 2) * f
  }
  fit('x', 60, W - 60)
  fit('y', 24, H - 34)
  return { nodes: placed, links }
}

// Names where they have room, the most frequent first; frequent actors have their code inside the circle.
function placeNames(nodes) {
  const boxes = nodes.map(n => [n.x - n.r, n.y - n.r, n.x + n.r, n.y + n.r])
  const names = new Map()
  for (const n of nodes) {
    if (n.r > 17) { names.set(n.id, { x: n.x, y: n.y + 4, inside: true }); continue }
    const w = nameOf(n.id).length * 6.3 / 2
    const spots = [[n.x, n.y + n.r + 12], [n.x, n.y - n.r - 5], [n.x + n.r + w + 3, n.y + 4], [n.x - n.r - w - 3, n.y + 4]]
    for (const [x, y] of spots) {
      const box = [x - w, y - 11, x + w, y + 3]
      if (box[0] < 2 || box[2] > W - 2 || boxes.some(b => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])) continue
      boxes.push(box)
      names.set(n.id, { x, y })
      break
    }
  }
  return names
}

function Drawing({ data, svgRef, pair }) {
  const { nodes, links: all } = useMemo(() => layout(data), [data])
  const names = useMemo(() => placeNames(nodes), [nodes])
  const [over, setOver] = useState(null)
  const near = id => !over || id === over || all.some(l => (l.a === over && l.b === id) || (l.b === over && l.a === id))
  const isPair = l => pair?.length === 2 && pair.includes(l.a) && pair.includes(l.b)
  // Rare pairs would hide the frequent ones; those of the actor under the pointer are always drawn.
  const links = all.filter((l, i) => i < LINES || over === l.a || over === l.b || isPair(l))
  useEffect(() => {   // a narrow window begins in the middle
    const box = svgRef.current.parentElement
    box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2
  }, [])
  return html`<svg ref=${svgRef} class="network" viewBox=${`0 0 ${W} ${H}`} role="img"
      aria-label=${`Network of ${nodes.length} actors and ${links.length} pairs. The table beside it has the same numbers.`} onPointerLeave=${() => setOver(null)}>
    ${[...links].reverse().map(l => html`<g class=${`edge ${side(l)} ${isPair(l) ? 'chosen' : ''} ${over && l.a !== over && l.b !== over ? 'faint' : ''}`}
        onClick=${() => set({ pair: `${l.a},${l.b}` })} key=${l.a + l.b}>
      <line stroke-opacity=${(0.16 + 0.5 * Math.sqrt(l.w / 10)).toFixed(2)} x1=${l.source.x} y1=${l.source.y} x2=${l.target.x} y2=${l.target.y} stroke-width=${l.w} />
      <line class="grab" data-screen x1=${l.source.x} y1=${l.source.y} x2=${l.target.x} y2=${l.target.y} />
      <title>${nameOf(l.a)} and ${nameOf(l.b)}: ${plural(l.n, 'event')}, ${l.cooperation} cooperation, ${l.conflict} conflict</title></g>`)}
    ${links.slice(0, 40).map(l => {
      const x = (l.source.x + l.target.x) / 2, y = (l.source.y + l.target.y) / 2, r = 3 + l.w / 2.2
      const c = `sign ${side(l)} ${over && l.a !== over && l.b !== over ? 'faint' : ''}`
      return side(l) === 'q4' ? html`<path class=${c} d=${`M${x} ${y - r}l${r} ${r * 1.8}h${-2 * r}z`} />`
        : side(l) === 'q2' ? html`<circle class=${c} cx=${x} cy=${y} r=${r * 0.85} />` : html`<rect class=${c} x=${x - r} y=${y - r / 3} width=${2 * r} height=${r / 1.5} />`
    })}
    ${nodes.map(n => html`<g class=${`node ${near(n.id) ? '' : 'faint'} ${pair?.includes(n.id) ? 'chosen' : ''}`} key=${n.id}
        onPointerEnter=${() => setOver(n.id)} onClick=${() => set({ pair: n.id })}>
      <circle cx=${n.x} cy=${n.y} r=${n.r} /><title>${nameOf(n.id)}: ${plural(n.n, 'event')}</title>
      ${(names.has(n.id) || over === n.id) && html`<text x=${names.get(n.id)?.x ?? n.x} y=${names.get(n.id)?.y ?? n.y + n.r + 12} text-anchor="middle" class=${names.get(n.id)?.inside ? 'inside' : ''}>${names.get(n.id)?.inside ? n.id : nameOf(n.id)}</text>`}
    </g>`)}
  </svg>`
}

const byPartner = (edges, id) => edges.filter(e => !id || e.a === id || e.b === id)

function Pair({ pair, data }) {
  const asked = query.value
  const [a, b] = pair
  const ways = [[a, b], [b, a]]
  const way = asked.show === 'back' ? ways[1] : ways[0]
  const filters = { ...filtersOf(asked), dyad: way.join(',') }
  const of = useApi(ask('series', filters, { by: asked.by === 'month' ? 'month' : 'week' }))
  const edge = data.edges.find(e => pair.includes(e.a) && pair.includes(e.b))
  return html`<section class="pair" aria-label=${`${nameOf(a)} and ${nameOf(b)}`}>
    <header><h2><a href=${linkTo('/actor/' + a)}>${nameOf(a)}</a> <span class="to">and</span> <a href=${linkTo('/actor/' + b)}>${nameOf(b)}</a></h2>
      <a class="button close" href=${linkWith({ pair: '', show: '' })}>Close</a></header>
    ${edge && html`<p>${plural(edge.n, 'event')} between them: <b class="q2 word">● ${number(edge.cooperation)} cooperation</b>, <b class="q4 word">▲ ${number(edge.conflict)} conflict</b>.</p>`}
    <div class="segments" role="group" aria-label="Direction">${ways.map((w, i) => html`
      <button type="button" aria-pressed=${way === w || way.join() === w.join()} onClick=${() => set({ show: i ? 'back' : '' })}>${nameOf(w[0])} → ${nameOf(w[1])}</button>`)}
      <button type="button" aria-pressed=${asked.by === 'month'} onClick=${() => set({ by: asked.by === 'month' ? '' : 'month' })}>by month</button></div>
    ${of.error && !of.data ? html`<${Failure} error=${of.error} again=${of.again} />` : !of.data ? html`<${Waiting} />` : html`
      <div class=${of.busy ? 'busy' : ''}><${Series} data=${of.data} /></div>
      <${Numbers} table=${seriesTable(of.data, way.map(nameOf).join(' → '))} name=${'series-' + way.join('-')} />`}
    <h3>What ${inText(nameOf(way[0]))} does to ${inText(nameOf(way[1]))}</h3>
    <${EventList} asked=${filters} />
  </section>`
}

export function Network() {
  const asked = query.value
  const svg = useRef()
  const limit = NODES.includes(asked.nodes) ? asked.nodes : '60'
  const of = useApi(about.value && ask('network', asked, { limit }))
  const { data } = of
  const members = asked.pair?.split(',') || []
  const pair = members.length === 2 ? members : null
  const one = members.length === 1 ? members[0] : null
  const sentence = data ? `${plural(data.nodes.length, 'actor')} and ${plural(data.edges.length, 'pair')} of them: blue ● where cooperation outweighs conflict, red ▲ where conflict does, grey ▬ where they balance. Wide lines are frequent pairs.` : ''
  const table = data && { caption: 'Pairs of actors', head: ['one', 'other', 'events', 'cooperation', 'conflict', 'net'],
    rows: data.edges.map(e => [{ text: nameOf(e.a), href: linkTo('/actor/' + e.a) }, { text: nameOf(e.b), href: linkTo('/actor/' + e.b) }, e.n, e.cooperation, e.conflict, +net(e).toFixed(2)]) }
  useExport(() => data && { name: 'network', title: 'Network of actors', sentence, svg: () => svg.current, tables: [table] }, [data])
  return html`<${Answer} of=${of} empty=${d => !d.nodes.length} what="pairs of actors">${d => html`
    <${Headline} title="Who acts on whom" sentence=${sentence}>
      <p class="left-out"><b>Left out:</b> ${(d.left_out.nodes > 0 || d.left_out.edges > 0) && `${plural(d.left_out.nodes, 'actor')} and ${plural(d.left_out.edges, 'pair')} with fewer events; `}events with one side only.${d.edges.length > LINES && ` Drawn are the ${LINES} most frequent of ${number(d.edges.length)} pairs, and all pairs of an actor under the pointer.`}</p></${Headline}>
    <div class="toolbar"><label>Actors <select value=${limit} onChange=${e => set({ nodes: e.currentTarget.value })}>${NODES.map(n => html`<option value=${n}>${n} most frequent</option>`)}</select></label></div>
    <div class="split network-view">
      <div><div class="drawing"><${Drawing} data=${d} svgRef=${svg} pair=${members} /></div>
        <p class="fine sideways">Wider than the window: drag it sideways.</p></div>
      <section class="beside" aria-label="Pairs"><h2>${one ? html`Partners of ${nameOf(one)} <a class="button" href=${linkWith({ pair: '' })}>all</a>` : 'Pairs, most frequent first'}</h2>
        <div class="scroll tall" tabindex="0" role="region" aria-label="Pairs of actors"><table class="pairs"><thead><tr><th scope="col">Pair</th><th scope="col" class="n">Events</th><th scope="col" class="n">Net</th></tr></thead>
          <tbody>${byPartner(d.edges, one).slice(0, 300).map(e => html`<tr class=${pair && pair.includes(e.a) && pair.includes(e.b) ? 'chosen' : ''}>
            <th scope="row"><a href=${linkWith({ pair: `${e.a},${e.b}`, show: '' })}>${nameOf(one === e.b ? e.b : e.a)} – ${nameOf(one === e.b ? e.a : e.b)}</a></th>
            <td class="n">${number(e.n)}</td><td class=${'n word ' + side(e)}>${side(e) === 'q4' ? '▲ ' : side(e) === 'q2' ? '● ' : '▬ '}${decimal(net(e), 2)}</td></tr>`)}</tbody></table></div>
      </section>
    </div>
    <${Numbers} table=${table} name="pairs" />
    ${pair && html`<${Pair} key=${pair.join()} pair=${pair} data=${d} />`}`}</${Answer}>`
}
