// One actor: who it is, its partners, its series, what it says and what is said of it.
import { useRef } from 'preact/hooks'
import { html } from '../html.js'
import { ask, useApi } from '../api.js'
import { linkTo, path, query } from '../filters.js'
import { useExport } from '../exports.js'
import { about } from '../state.js'
import { day, inText, nameOf, plural, sectorOf } from '../words.js'
import { Answer, EventItem, Headline, Numbers, Ranking } from '../parts/common.js'
import { Series, seriesTable } from '../parts/series.js'
import { Timeline, timelineTable } from '../parts/timeline.js'
import { QuoteItem, statements } from './voices.js'

const item = id => (/^Q\d+$/.test(id || '') ? id : null)

export function Actor() {
  const code = decodeURIComponent(path.value.split('/')[2] || '')
  const asked = query.value
  const svg = useRef()
  const of = useApi(about.value && ask('actors/' + encodeURIComponent(code), asked))
  const { data } = of
  const name = nameOf(data?.who?.name || code)
  const sentence = data ? `${plural(data.timeline ? Object.values(data.timeline.quads).flat().reduce((s, v) => s + v, 0) : 0, 'event')} with ${inText(name)} on either side.` : ''
  useExport(() => data && { name: 'actor-' + code, title: name, sentence, svg: () => svg.current, tables: [
    data.timeline && timelineTable(data.timeline), data.series && seriesTable(data.series, name),
    { caption: 'Partners', head: ['other', 'as', 'events', 'cooperation', 'conflict'], rows: data.partners.map(p => [nameOf(p.other), p.as, p.n, p.cooperation, p.conflict]) }].filter(Boolean) }, [data])
  const partners = (d, as) => d.partners.filter(p => p.as === as).slice(0, 12).map(p => ({ label: nameOf(p.other), n: p.n, cooperation: p.cooperation, conflict: p.conflict,
    href: linkTo('/network', { pair: as === 'actor' ? `${d.who.country || code},${p.other}` : `${p.other},${d.who.country || code}` }) }))
  return html`<${Answer} of=${of}>${d => html`
    <${Headline} kicker=${html`Actor · <code>${d.who.code || code}</code>`} title=${name} sentence=${sentence}>
      <dl class="facts">
        ${d.who.country && d.who.country !== code && html`<div><dt>Country</dt><dd><a href=${linkTo('/actor/' + d.who.country)}>${nameOf(d.who.country)}</a></dd></div>`}
        ${d.who.sector && html`<div><dt>Sector</dt><dd>${sectorOf(d.who.sector)}</dd></div>`}
        ${item(d.who.id) && html`<div><dt>Wikidata</dt><dd><code>${d.who.id}</code></dd></div>`}
        ${d.who.offices?.length > 0 && html`<div class="wide"><dt>Coded as</dt><dd>${d.who.offices.map(o => html`<span class="who">${nameOf(o.code)} <small>${o.from === o.to ? `in events of ${day(o.from)}` : `in events from ${day(o.from)} to ${day(o.to)}`}</small></span>`)}</dd></div>`}
      </dl>
      <p class="actions"><a class="button" href=${linkTo('/events', { country: code })}>All events</a><a class="button" href=${linkTo('/events', { actor: code })}>As actor</a>
        <a class="button" href=${linkTo('/events', { recipient: code })}>As recipient</a><a class="button" href=${linkTo('/voices', { speaker: code })}>As speaker</a></p></${Headline}>
    ${d.timeline && html`<${Timeline} data=${d.timeline} svgRef=${svg} id="actor" height=${240} /><${Numbers} table=${timelineTable(d.timeline)} name=${'timeline-' + code} />`}
    <div class="columns">
      <${Ranking} title=${`${name} acts on`} rows=${partners(d, 'actor')} empty="Nobody in this period." />
      <${Ranking} title=${`Acts on ${inText(name)}`} rows=${partners(d, 'recipient')} empty="Nobody in this period." />
      <section>${d.series && html`<h2>Tone</h2><${Series} data=${d.series} /><${Numbers} table=${seriesTable(d.series, name)} name=${'series-' + code} />`}</section>
    </div>
    <div class="columns two">
      <section><h2>What ${inText(name)} says</h2>${d.says?.length ? html`<ul class="quotes">${statements(d.says).map(q => html`<${QuoteItem} quote=${q} />`)}</ul>` : html`<p class="fine">Nothing in this period.</p>`}</section>
      <section><h2>What is said of ${inText(name)}</h2>${d.said_of?.length ? html`<ul class="quotes">${statements(d.said_of).map(q => html`<${QuoteItem} quote=${q} />`)}</ul>` : html`<p class="fine">Nothing in this period.</p>`}</section>
    </div>
    <section class="latest"><h2>Latest</h2><ul class="events">${(d.latest || []).map(e => html`<${EventItem} key=${e.key} event=${e} />`)}</ul></section>`}</${Answer}>`
}
