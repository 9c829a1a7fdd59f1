// The first view: when, who, what; and the words behind it.
import { useRef } from 'preact/hooks'
import { html } from '../html.js'
import { ask, useApi } from '../api.js'
import { chosen, linkTo, linkWith, members, query, set, toggle } from '../filters.js'
import { useExport } from '../exports.js'
import { about } from '../state.js'
import { QUADS, TYPES, day, inText, nameOf, number, percent, plural } from '../words.js'
import { Answer, EventItem, Failure, Headline, Numbers, Ranking, Waiting } from '../parts/common.js'
import { Glyph } from '../parts/glyph.js'
import { Timeline, timelineTable } from '../parts/timeline.js'

const UNITS = {
  report: n => `${plural(n, 'event')} as reported`, story: n => `${plural(n, 'event')}, copies of a report counted once`, event: n => plural(n, 'distinct event'),
}
const total = n => n.reduce((s, v) => s + v, 0)

/** What is counted, in one sentence made from the numbers. */
export function sentenceOf(data, asked) {
  const n = data.counts.reports   // in the unit of counting
  const quads = Object.entries(data.timeline.quads).map(([q, v]) => [q, total(v)]).sort((a, b) => b[1] - a[1])
  const [top] = quads
  const [pair] = data.dyads
  return `${asked.since === asked.until ? `On ${day(asked.since)}` : `From ${day(asked.since)} to ${day(asked.until)}`}, ${plural(data.counts.stories, 'story tells', 'stories tell')} of ${UNITS[asked.per || 'report'](n)}` +
    (asked.per !== 'event' && data.counts.events < n ? `, ${number(data.counts.events)} of them distinct; ` : '; ') +
    `${percent(top[1], total(quads.map(q => q[1])))} are ${QUADS[top[0]].name}.` +
    (pair?.n > 1 ? ` Most often it is ${inText(nameOf(pair.actor))} acting on ${inText(nameOf(pair.recipient))} (${number(pair.n)}).` : '')
}

export function LeftOut({ reasons, n }) {
  const asked = query.value
  const others = about.value && !chosen(asked).length && (asked.per || 'report') === 'report' && !asked.plain ? about.value.events - n : null
  if (!reasons?.length) return html`<p class="left-out"><b>Left out:</b> ${others > 0 ? html`<b class="n">${number(others)}</b> ${others === 1 ? 'event' : 'events'} of days before or after` : others === 0 ? 'nothing' : 'what the filters exclude'}. Denied, planned, demanded and claimed events are counted, and marked as such.</p>`
  return html`<p class="left-out"><b>Left out:</b> ${reasons.map((r, i) => html`${i ? ', ' : ''}${r.why} <b class="n">${number(r.n)}</b>`)}.</p>`
}

function Legend() {
  const now = members(query.value.quad)
  return html`<div class="legend" role="group" aria-label="Quad classes">${[1, 2, 3, 4].map(q => html`
    <button type="button" aria-pressed=${now.includes(String(q))} onClick=${() => toggle('quad', String(q))}>
      <${Glyph} quad=${q} /> ${QUADS[q].plural}</button>`)}
    <label class="check rate"><input type="checkbox" role="switch" checked=${query.value.rate === 'yes'}
      onChange=${() => set({ rate: query.value.rate ? '' : 'yes' })} /> per 1,000 stories</label></div>`
}

function Latest() {
  const of = useApi(ask('events', query.value, { limit: 8 }))
  return html`<section class="latest"><h2>Latest</h2>
    ${of.error && !of.data ? html`<${Failure} error=${of.error} again=${of.again} />` : !of.data ? html`<${Waiting} />` : html`<ul class="events">${of.data.events.map(e => html`<${EventItem} key=${e.key} event=${e} />`)}</ul>
      <p><a class="button" href=${linkTo('/events')}>All events</a></p>`}</section>`
}

export function Overview() {
  const asked = query.value
  const svg = useRef()
  const rate = asked.rate === 'yes'
  const of = useApi(about.value && ask('overview', asked))
  const { data } = of
  const sentence = data && data.counts.reports ? sentenceOf(data, asked) : ''
  useExport(() => data && {
    name: 'overview', title: plural(data.counts.reports, 'event'), sentence, svg: () => svg.current,
    tables: [timelineTable(data.timeline, rate),
      { caption: 'Dyads', head: ['actor', 'recipient', 'events', 'cooperation', 'conflict', 'mean Goldstein score'], rows: data.dyads.map(d => [d.actor, d.recipient, d.n, d.cooperation, d.conflict, d.goldstein]) },
      { caption: 'Types', head: ['type', 'events'], rows: data.types.map(t => [t.type, t.n]) }],
  }, [data, rate])
  return html`<${Answer} of=${of} empty=${d => !d.counts.reports}>${d => html`
    <${Headline} title=${`${plural(d.counts.reports, 'event')} in ${plural(d.counts.stories, 'story', 'stories')}`} sentence=${sentence}>
      <${LeftOut} reasons=${d.left_out} n=${d.counts.reports} /></${Headline}>
    <${Legend} />
    <${Timeline} data=${d.timeline} rate=${rate} svgRef=${svg} />
    <${Numbers} table=${timelineTable(d.timeline, rate)} name="timeline" />
    <div class="columns">
      <${Ranking} title="Who acts on whom" rows=${d.dyads.slice(0, 12).map(x => ({
        label: html`${nameOf(x.actor)} <span class="to">→</span> ${nameOf(x.recipient)}`, n: x.n, cooperation: x.cooperation, conflict: x.conflict,
        href: linkTo('/network', { pair: `${x.actor},${x.recipient}` }) }))} />
      <${Ranking} title="What is done" rows=${d.types.slice(0, 16).map(t => ({
        label: t.type, n: t.n, quad: TYPES[t.type], href: linkWith({ type: t.type }) }))} />
      <${Ranking} title="Who takes part" rows=${d.countries.slice(0, 12).map(c => ({
        label: nameOf(c.country), n: c.n, href: linkTo('/actor/' + encodeURIComponent(c.country)) }))} />
    </div>
    <${Latest} />`}</${Answer}>`
}
