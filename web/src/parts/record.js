// One event as a card: who, what, whom, when, where, on whose word; why it is coded so; its record and permalink.
import { html } from '../html.js'
import { useApi } from '../api.js'
import { linkTo, path } from '../filters.js'
import { about, spoken } from '../state.js'
import { QUADS, STATUS, day, decimal, inText, nameOf, percent, sideName } from '../words.js'
import { Act, Caveats, storyLink } from './common.js'

const VIA = { name: 'named', role: 'by role', metonymy: 'capital or seat', coref: 'pronoun', inferred: 'inferred: not in the event’s own words' }
const BASIS = { clause: 'its own clause', sentence: 'its sentence', dateline: 'the dateline', story: 'the story' }

const Side = ({ who }) => html`<span class="who"><a href=${who.code ? linkTo('/actor/' + encodeURIComponent(who.code)) : null}>${sideName(who)}</a>
  ${who.code && html` <code>${who.code}</code>`} <small>“${who.text}”, ${VIA[who.via] || who.via}</small></span>`

const Row = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`

function money(size) {
  return Object.entries(size || {}).map(([what, s]) => `${what} ${s.min === s.max ? s.min : s.max == null ? `at least ${s.min}` : `${s.min} to ${s.max}`}${s.currency ? ' ' + s.currency : ''}`).join(', ')
}

function happened({ polarity, status, attribution, historical }) {
  const says = attribution.at(-1)?.speaker
  const word = polarity === 'negated' ? 'said not to be so' + (status === 'actual' ? '' : '; ' + STATUS[status])
    : status === 'actual' && attribution.length ? `so ${inText(sideName(says))} says` : STATUS[status]
  return word + (historical ? ', before the story’s present' : '')
}

// "events: v0731 gives RETREAT", as POST /api/code writes them: what, and why.
const parted = r => (typeof r === 'string' ? { what: r.slice(0, r.indexOf(': ')), why: r.slice(r.indexOf(': ') + 2) } : r)

function Reasons({ reasons }) {
  if (!reasons?.length) return html`<p class="fine">No reasons are stored; <code>dragoman explain</code> shows them.</p>`
  return html`<ul class="reasons">${reasons.map(parted).map(r => html`<li><b>${r.what}</b> ${r.why}</li>`)}</ul>`
}

export function Record({ event, same, all = [], to, reasons, children }) {
  // What is coded on the spot comes with its reasons; what is stored is asked for.
  const of = useApi(reasons ? null : `/api/events/${event.event_id}`)
  const other = id => all.find(e => e.event_id === id)
  const ref = id => { const e = other(id); return e && to ? html`<a href=${to(id)}>${e.event_type} “${e.trigger.text}”</a>` : html`<code>${id}</code>` }
  // What a denial denies is coded beside it; the dispute is told of the denial.
  const denial = event.polarity === 'negated' && other(event.content_of)?.event_type === 'REJECT' ? event.content_of : event.event_id
  const permalink = event.story_key != null && storyLink(event.story_key, event.event_id)
  return html`<div class="record">
    ${to && !reasons && html`<a class="close" href=${to('')} aria-label="Close">×</a>`}
    <h2><${Act} event=${event} /></h2>
    <p class="tags"><${Caveats} event=${event} />${!event.attribution.length && event.polarity === 'affirmed' && event.status === 'actual' && html`<span class="tag plainly">reported as fact</span>`}</p>
    <dl>
      <${Row} name="Class">${QUADS[event.quad].name}; CAMEO ${event.cameo}${event.goldstein != null && `, Goldstein ${decimal(event.goldstein)}`}</${Row}>
      <${Row} name=${event.actors.length > 1 ? 'Actors' : 'Actor'}>${event.actors.length ? event.actors.map(a => html`<${Side} who=${a} />`) : 'nobody named'}</${Row}>
      ${event.recipients.length > 0 && html`<${Row} name=${event.recipients.length > 1 ? 'Recipients' : 'Recipient'}>${event.recipients.map(a => html`<${Side} who=${a} />`)}</${Row}>`}
      <${Row} name="When">${day(event.event_date)}${event.event_date_end ? ' to ' + day(event.event_date_end) : ''} <small>${event.date_basis === 'story' ? 'the day of the report' : `“${event.date_basis}”`}</small></${Row}>
      <${Row} name="Where">${event.locations.length ? event.locations.map(l => html`<span class="who">${l.name}${l.country && l.precision !== 'country' ? ', ' + nameOf(l.country) : ''} <small>by ${BASIS[l.basis] || l.basis}</small></span>`) : 'not said'}</${Row}>
      <${Row} name="On whose word">${event.attribution.length ? event.attribution.map(v => html`<span class="who">${sideName(v.speaker)} <small>“${v.cue}”, ${v.kind}</small></span>`) : 'the report’s own'}</${Row}>
      <${Row} name="Did it happen">${happened(event)}</${Row}>
      ${event.condition && html`<${Row} name="Condition">“${event.condition.text}”</${Row}>`}
      ${money(event.size) && html`<${Row} name="Size">${money(event.size)}</${Row}>`}
      ${event.content_of && html`<${Row} name="Content of">${ref(event.content_of)}</${Row}>`}
      ${event.contradicts?.length > 0 && html`<${Row} name="Contradicts">${event.contradicts.map(id => html`<span class="who">${ref(id)}</span>`)}</${Row}>`}
      ${event.confidence != null && html`<${Row} name="Confidence">${percent(event.confidence, 1)} <span class="gauge" aria-hidden="true"><i style=${{ width: percent(event.confidence, 1) }}></i></span></${Row}>`}
      ${same?.length > 0 && html`<${Row} name="Also reported">${same.map(s => html`<span class="who"><a href=${storyLink(s.story_key, s.event_id)}>${s.source || 'another report'}</a> <small>${day(s.date)}</small></span>`)}</${Row}>`}
    </dl>
    ${children}
    <details open=${Boolean(reasons)}><summary>Why it is coded so</summary>
      ${reasons ? html`<${Reasons} reasons=${reasons} />` : of.data ? html`<${Reasons} reasons=${of.data.reasons} />` : of.error ? html`<p class="fine">${of.error.message}</p>` : html`<p class="waiting">Reading …</p>`}</details>
    <details><summary>The record</summary><pre tabindex="0">${JSON.stringify(event, null, 1)}</pre></details>
    ${permalink && html`<p class="actions"><button type="button" onClick=${() => navigator.clipboard?.writeText(location.origin + permalink).then(() => { spoken.value = 'Link copied' })}>Copy link</button>
      <a class="button" href=${`/api/events/${event.event_id}`} target="_blank">JSON</a>
      ${(event.polarity === 'negated' || event.event_type === 'REJECT') && html`<a class="button" href=${linkTo('/voices', { tab: 'claims', event: denial })}>Who says otherwise?</a>`}
      ${about.value?.correct && path.value !== '/correct' && html`<a class="button" href=${linkTo('/correct', { event: event.event_id })}>Correct it</a>`}</p>`}
  </div>`
}
