// The timeline: cooperation rises from the line, conflict hangs from it; what was done lies next to the line, what was only
// said beyond it. One path per class, so that 400 periods are drawn at once; the same drawing is printed and saved.
import { useMemo, useRef, useState } from 'preact/hooks'
import { html } from '../html.js'
import { set } from '../filters.js'
import { spoken } from '../state.js'
import { QUADS, lastDay, number, decimal, period, plural } from '../words.js'
import { Glyph, Patterns } from './glyph.js'
import { ticks, useWidth } from './sized.js'

const LEFT = 46, RIGHT = 8, TOP = 14, BOTTOM = 24
const STACK = [[2, 1], [4, 3]]   // from the line outwards: above, below

/** {1: [...], ...}: counts, or events per 1,000 stories; null where no story was read. */
export function values(data, rate) {
  if (!rate) return data.quads
  const per = n => n.map((v, i) => (data.stories[i] ? (1000 * v) / data.stories[i] : 0))
  return Object.fromEntries([1, 2, 3, 4].map(q => [q, per(data.quads[q])]))
}

function layout(data, rate, width, height) {
  const of = values(data, rate)
  const n = data.periods.length
  const sum = (i, stack) => stack.reduce((s, q) => s + of[q][i], 0)
  let up = 0, down = 0
  for (let i = 0; i < n; i++) {
    up = Math.max(up, sum(i, STACK[0]))
    down = Math.max(down, sum(i, STACK[1]))
  }
  const scale = (height - TOP - BOTTOM) / Math.max(up + down, 1e-9)
  const zero = TOP + up * scale
  const step = (width - LEFT - RIGHT) / Math.max(n, 1)
  const gap = step > 5 ? Math.min(2, step * 0.2) : 0
  const paths = { 1: '', 2: '', 3: '', 4: '' }
  for (let i = 0; i < n; i++) STACK.forEach((stack, below) => {
    let from = zero
    for (const q of stack) {
      const to = from + (below ? 1 : -1) * of[q][i] * scale
      if (to !== from)
        paths[q] += `M${(LEFT + i * step + gap / 2).toFixed(1)} ${from.toFixed(1)}h${(step - gap).toFixed(2)}V${to.toFixed(1)}h${(gap - step).toFixed(2)}z`
      from = to
    }
  })
  return { of, n, zero, step, scale, paths, up, down }
}

// At most one label in 90 pixels, at the first of its month or year where periods are short.
function labels(data, step) {
  const out = []
  let last = -Infinity
  const single = data.periods.length * step / 90
  const years = new Set(data.periods.map(p => p.slice(0, 4))).size
  data.periods.forEach((p, i) => {
    const begins = (data.by === 'day' && data.periods.length >= 45) || data.by === 'week' ? i === 0 || p.slice(0, 7) !== data.periods[i - 1].slice(0, 7) : true
    if (!begins && data.periods.length > single) return
    if (years > 12 && data.by !== 'year' && i && p.slice(0, 4) === data.periods[i - 1].slice(0, 4)) return
    if ((i - last) * step < 86 || (data.periods.length - i) * step < 62) return
    last = i
    const text = years > 12 ? p.slice(0, 4) : data.by === 'day' && data.periods.length < 45 ? period(p, 'day', { short: true })
      : data.by === 'week' && data.periods.length < 12 ? period(p, 'day', { short: true }) : period(p, data.by === 'year' ? 'year' : 'month', { short: true })
    out.push([i, text])
  })
  return out
}

function Readout({ data, at, rate }) {
  const i = at ?? null
  const of = values(data, rate)
  const write = v => (rate ? decimal(v) : number(v))
  const total = q => of[q].reduce((s, v) => s + v, 0)
  const stories = data.stories.reduce((s, v) => s + v, 0)
  const show = q => write(i == null ? (rate ? (stories ? 1000 * data.quads[q].reduce((s, v) => s + v, 0) / stories : 0) : total(q)) : of[q][i])
  return html`<p class="readout">
    <b>${i == null ? 'Whole period' : period(data.periods[i], data.by)}</b>
    ${[1, 2, 3, 4].map(q => html`<span><${Glyph} quad=${q} /> ${QUADS[q].name} <b class="n">${show(q)}</b></span>`)}
    <span class="soft">${plural(i == null ? stories : data.stories[i], 'story', 'stories')} read</span></p>`
}

export function Timeline({ data, rate, svgRef, id = 'timeline', height = 300 }) {
  const [box, width] = useWidth()
  const [pointed, setAt] = useState(null)
  const [drawn, setBrush] = useState(null)   // [from, to], periods, while it is drawn
  const own = useRef()
  const svg = svgRef || own
  const l = useMemo(() => layout(data, rate, width, height), [data, rate, width, height])
  // Other periods may have come meanwhile.
  const at = pointed < l.n ? pointed : null
  const brush = drawn && Math.max(...drawn) < l.n ? drawn : null
  const x = i => LEFT + i * l.step
  const index = e => {
    const left = svg.current.getBoundingClientRect().left
    return Math.max(0, Math.min(l.n - 1, Math.floor((e.clientX - left - LEFT) / l.step)))
  }
  const choose = ([a, b]) => {
    setBrush(null)
    const [from, to] = a < b ? [a, b] : [b, a]
    set({ since: data.periods[from], until: lastDay(data.periods[to], data.by) })
    spoken.value = `Period: ${period(data.periods[from], data.by)} to ${period(data.periods[to], data.by)}`
  }
  const pointer = {
    onPointerDown: e => {
      if (e.button || !l.n) return
      e.currentTarget.setPointerCapture(e.pointerId)
      setBrush([index(e), index(e)])
    },
    onPointerMove: e => { setAt(index(e)); if (brush) setBrush([brush[0], index(e)]) },
    onPointerUp: e => { if (brush) { if (brush[0] !== index(e)) choose([brush[0], index(e)]); else setBrush(null) } },
    onPointerCancel: () => setBrush(null),
    onPointerLeave: () => { if (!brush) setAt(null) },
  }
  const key = e => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -l.n, End: l.n }[e.key]
    if (step && l.n) {
      e.preventDefault()
      const to = Math.max(0, Math.min(l.n - 1, (at ?? (step > 0 ? -1 : l.n)) + step))
      setBrush(e.shiftKey ? [brush ? brush[0] : at ?? to, to] : null)
      setAt(to)
      spoken.value = `${period(data.periods[to], data.by)}: ` + [1, 2, 3, 4].map(q => `${rate ? decimal(l.of[q][to]) : l.of[q][to]} ${QUADS[q].name}`).join(', ')
    } else if (e.key === 'Enter' && (brush || at != null)) choose(brush || [at, at])
    else if (e.key === 'Escape') { setBrush(null); setAt(null) }
  }
  const bottom = height - BOTTOM
  const sel = brush && [Math.min(...brush), Math.max(...brush) + 1]
  // The larger side sets the step of both, so that the two are read by one scale.
  const all = ticks(Math.max(l.up, l.down), 4).filter(v => rate || Number.isInteger(v))   // half an event is none
  const marks = [...all.filter(v => v <= l.up).map(v => v), ...all.filter(v => v && v <= l.down).map(v => -v)]
  return html`<figure class="timeline" ref=${box}>
    <${Readout} data=${data} at=${at} rate=${rate} />
    <div class="plot" tabindex="0" role="group" onKeyDown=${key} onBlur=${() => { setAt(null); setBrush(null) }}
      aria-label="Timeline. Arrow keys read a period, with Shift they mark several, Enter shows them alone.">
      <svg ref=${svg} class="chart" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} aria-hidden="true" ...${pointer}>
        <${Patterns} id=${id} />
        ${marks.map(v => html`<g class="grid"><line x1=${LEFT} x2=${width - RIGHT} y1=${l.zero - v * l.scale} y2=${l.zero - v * l.scale} />
          <text x=${LEFT - 7} y=${l.zero - v * l.scale + 4} text-anchor="end">${Number.isInteger(v) ? number(Math.abs(v)) : decimal(Math.abs(v))}</text></g>`)}
        ${at != null && html`<rect class="cursor" data-screen x=${x(at)} y=${TOP} width=${l.step} height=${bottom - TOP} />`}
        ${[1, 2, 3, 4].map(q => html`<path d=${l.paths[q]} class=${'area q' + q} fill=${q % 2 ? `url(#${id}-${q})` : null} />`)}
        <line class="zero" x1=${LEFT} x2=${width - RIGHT} y1=${l.zero} y2=${l.zero} />
        ${labels(data, l.step).map(([i, text]) => html`<g class="label"><line x1=${x(i)} x2=${x(i)} y1=${bottom} y2=${bottom + 5} />
          <text x=${x(i) + 3} y=${height - 6}>${text}</text></g>`)}
        ${l.up > 0 && html`<text class="side" x=${width - RIGHT} y=${TOP - 3} text-anchor="end">cooperation ↑</text>`}
        ${l.down > 0 && html`<text class="side" x=${width - RIGHT} y=${bottom + 1} text-anchor="end" dy="-3">conflict ↓</text>`}
        ${sel && html`<g data-screen><rect class="brush" x=${x(sel[0])} y=${TOP} width=${(sel[1] - sel[0]) * l.step} height=${bottom - TOP} />
          <text class="side" x=${(x(sel[0]) + x(sel[1])) / 2} y=${TOP + 12} text-anchor="middle">${period(data.periods[sel[0]], 'day', { short: true })} – ${period(lastDay(data.periods[sel[1] - 1], data.by), 'day', { short: true })}</text></g>`}
      </svg>
    </div>
    <figcaption>Drag across the chart to choose a period; with the keyboard: arrows, Shift and Enter.
      ${rate ? ' Events per 1,000 stories read.' : ` Events by ${data.by}.`}</figcaption>
  </figure>`
}

export const timelineTable = (data, rate) => ({
  caption: rate ? `Events per 1,000 stories read, by ${data.by}` : `Events by ${data.by}`,
  head: [data.by, ...[1, 2, 3, 4].map(q => QUADS[q].name), 'stories read'],
  rows: data.periods.map((p, i) => [p, ...[1, 2, 3, 4].map(q => +values(data, rate)[q][i].toFixed(2)), data.stories[i]]),
})
