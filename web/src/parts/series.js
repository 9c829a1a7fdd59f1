// A mean over time (Goldstein's scale), its smoothed line, and the points where its level changes.
import { useState } from 'preact/hooks'
import { html } from '../html.js'
import { decimal, number, period } from '../words.js'
import { useWidth } from './sized.js'

const LEFT = 46, RIGHT = 10, TOP = 14, BOTTOM = 24, MOST = 10

export function Series({ data, svgRef, height = 210 }) {
  const [box, width] = useWidth(600)
  const [at, setAt] = useState(null)
  const n = data.periods.length
  if (!n || data.goldstein.every(v => v == null)) return html`<p class="fine">Too few events for a series.</p>`
  const step = (width - LEFT - RIGHT) / n
  const x = i => LEFT + (i + 0.5) * step
  const y = v => TOP + ((MOST - v) / (2 * MOST)) * (height - TOP - BOTTOM)
  const most = Math.max(...data.n)
  let pen = 'M'
  const line = data.smoothed.map((v, i) => { if (v == null) { pen = 'M'; return '' } const s = `${pen}${x(i).toFixed(1)} ${y(v).toFixed(1)}`; pen = 'L'; return s }).join('')
  const cuts = [0, ...data.changes, n]
  const years = data.periods.map((p, i) => [i, p]).filter(([i, p]) => i === 0 || p.slice(0, data.by === 'week' && n < 120 ? 7 : 4) !== data.periods[i - 1].slice(0, data.by === 'week' && n < 120 ? 7 : 4))
  let last = -Infinity
  const labels = years.filter(([i]) => { if ((i - last) * step < 80 || (n - i) * step < 58) return false; last = i; return true })
  return html`<figure class="series" ref=${box}>
    <p class="readout"><b>${at == null ? `Mean Goldstein score by ${data.by}` : period(data.periods[at], data.by)}</b>
      ${at != null && html`<span>mean <b class="n">${decimal(data.goldstein[at])}</b></span><span>smoothed <b class="n">${decimal(data.smoothed[at])}</b></span><span>${number(data.n[at])} events</span>`}</p>
    <svg ref=${svgRef} class="chart" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img"
      aria-label=${`Mean Goldstein score by ${data.by}, from −10, conflict, to 10, cooperation; ${data.changes.length} changes of level`}
      onPointerMove=${e => setAt(Math.max(0, Math.min(n - 1, Math.floor((e.clientX - e.currentTarget.getBoundingClientRect().left - LEFT) / step))))}
      onPointerLeave=${() => setAt(null)}>
      ${[-10, -5, 0, 5, 10].map(v => html`<g class="grid"><line x1=${LEFT} x2=${width - RIGHT} y1=${y(v)} y2=${y(v)} class=${v ? '' : 'zero'} />
        <text x=${LEFT - 7} y=${y(v) + 4} text-anchor="end">${String(v).replace('-', '−')}</text></g>`)}
      ${data.goldstein.map((v, i) => v != null && html`<circle class=${'dot ' + (v < 0 ? 'q4' : 'q2')} cx=${x(i)} cy=${y(v)} r=${1.3 + 2.7 * Math.sqrt(data.n[i] / most)} />`)}
      ${cuts.slice(1).map((end, s) => data.means[s] != null && html`<line class="level" x1=${LEFT + cuts[s] * step} x2=${LEFT + end * step} y1=${y(data.means[s])} y2=${y(data.means[s])} />`)}
      <path class="smooth" d=${line} />
      ${data.changes.map(i => html`<g class="change"><line x1=${LEFT + i * step} x2=${LEFT + i * step} y1=${TOP} y2=${height - BOTTOM} />
        <path d=${`M${LEFT + i * step - 5} ${TOP - 9}h10l-5 8z`} /></g>`)}
      ${labels.map(([i, p]) => html`<text class="label" x=${x(i)} y=${height - 6}>${n < 120 && data.by === 'week' ? period(p, 'month', { short: true }) : p.slice(0, 4)}</text>`)}
    </svg>
    <figcaption>Dots: means, larger with more events. Line: smoothed. Bars: level between changes (${data.method}, penalty ${decimal(data.penalty, 2)})${data.changes.length
      ? ': ' + data.changes.map(i => period(data.periods[i], data.by)).join(', ') : '; no change found'}.</figcaption>
  </figure>`
}

export const seriesTable = (data, of) => ({
  caption: `Mean Goldstein score of ${of} by ${data.by}; ${data.method}, penalty ${data.penalty}`,
  head: [data.by, 'events', 'mean', 'smoothed', 'change of level'],
  rows: data.periods.map((p, i) => [p, data.n[i], data.goldstein[i], data.smoothed[i], data.changes.includes(i) ? 'yes' : '']),
})
