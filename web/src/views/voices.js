// Who says what: quotes by speaker; claims beside their denials; commitments and what became of them.
import { useState } from 'preact/hooks'
import { html } from '../html.js'
import { ask, useApi, usePages } from '../api.js'
import { linkTo, linkWith, members, query, set } from '../filters.js'
import { useExport } from '../exports.js'
import { about } from '../state.js'
import { TYPES, day, nameOf, number, plural, sideName, sides } from '../words.js'
import { Act, Answer, Caveats, Failure, Headline, More, Nothing, Numbers, Ranking, Waiting, storyLink } from '../parts/common.js'
import { Glyph } from '../parts/glyph.js'

const TABS = [['quotes', 'Quotes'], ['claims', 'Claims and denials'], ['commitments', 'Commitments']]
const KIND = { say: 'says', claim: 'claims', deny: 'denies', accuse: 'accuses', demand: 'demands', promise: 'promises', report: 'reports', believe: 'believes' }

const Tabs = ({ now }) => html`<div class="tabs segments" role="group" aria-label="Who says what">${TABS.map(([tab, label]) => html`
  <a href=${linkWith({ tab: tab === 'quotes' ? '' : tab, state: '' })} aria-current=${tab === now ? 'page' : null}>${label}</a>`)}</div>`

export const speakerName = s => (s?.name || s?.code ? sideName(s) : 'Somebody unnamed')

// What the code adds to the name: nothing to "government of Colombia".
function Affiliation({ of: { name, code } }) {
  const known = name && code && nameOf(code)
  return known && known !== name && name !== 'government of ' + known.replace(', government', '') && html`<small>${known}</small>`
}

export function QuoteItem({ quote: q }) {
  return html`<li class="quote"><blockquote><p>${q.content || q.text}</p></blockquote>
    <p class="meta">${q.speaker?.code ? html`<a href=${linkTo('/actor/' + encodeURIComponent(q.speaker.code))}>${speakerName(q.speaker)}</a>` : speakerName(q.speaker)}
      <span>${q.kind ? KIND[q.kind] || q.kind : ''} ${q.cue && html`<q>${q.cue}</q>`}</span><time datetime=${q.date}>${day(q.date)}</time>${q.source && html`<span>${q.source}</span>`}
      ${(q.carried || [q]).map(c => html`<span class="carried"><a href=${storyLink(c.story_key, c.event_id)}><${Glyph} quad=${TYPES[c.type]} /> ${c.type || 'read it'}<span class="hidden"> in its report</span></a><${Caveats} event=${{ polarity: c.polarity, status: c.status }} /></span>`)}</p></li>`
}

/** One entry for one statement, also where it carries several events. */
export function statements(quotes) {
  const out = new Map()
  for (const q of quotes) {
    const key = [q.story_key, q.cue, speakerName(q.speaker), q.content || q.text].join('\n')
    const seen = out.get(key)
    if (!seen) out.set(key, { ...q, carried: [q] })
    else if (!seen.carried.some(c => c.event_id === q.event_id)) seen.carried.push(q)
  }
  return [...out.values()]
}

function Quotes() {
  const asked = query.value
  const speakers = useApi(about.value && ask('speakers', { ...asked, speaker: '' }))
  const pages = usePages(about.value && ask('quotes', asked), 'quotes')
  const now = members(asked.speaker)
  useExport(() => pages.items.length ? { name: 'quotes', title: 'Who says what', sentence: 'What speakers say in the reports.', tables: [{ caption: 'Quotes, the latest first',
    head: ['date', 'speaker', 'cue', 'content', 'type', 'polarity', 'status', 'source', 'event_id'], rows: pages.items.map(q => [q.date, speakerName(q.speaker), q.cue, q.content, q.type, q.polarity, q.status, q.source, q.event_id]) }] } : null, [pages.items])
  return html`<div class="split voices-view">
    <div class="beside left">${speakers.data ? html`<${Ranking} title="Speakers" rows=${speakers.data.speakers.slice(0, 25).map(s => ({
      label: html`${now.includes(s.code || s.name) || now.includes(s.name) ? '✓ ' : ''}${speakerName(s)} <${Affiliation} of=${s} />`, n: s.n, href: linkWith({ speaker: now.includes(s.name || s.code) ? '' : s.name || s.code }) }))} />` : speakers.error ? html`<${Failure} error=${speakers.error} again=${speakers.again} />` : html`<${Waiting} />`}</div>
    <section><h2>${now.length ? `What ${now.map(nameOf).join(' or ')} says` : 'Quotes, the latest first'}</h2>
      ${pages.error ? html`<${Failure} error=${pages.error} again=${() => location.reload()} />` : !pages.first ? html`<${Waiting} />` : !pages.items.length ? html`<${Nothing} what="quotes" />`
        : html`<ul class="quotes">${statements(pages.items).map((q, i) => html`<${QuoteItem} key=${q.event_id + i} quote=${q} />`)}</ul><${More} pages=${pages} what="quotes" />`}</section>
  </div>`
}

/** [how many of a list are shown, the button for more of it]. */
function useMore(step = 40) {
  const [most, setMost] = useState(step)
  return [most, (n, what) => n > most && html`<p class="actions"><button type="button" onClick=${() => setMost(most + step)}>Show more ${what}</button>
    <span class="fine">${number(most)} of ${number(n)}</span></p>`]
}

const sentence = r => r.text || r.sentence_text || (typeof r.sentence === 'string' ? r.sentence : '')
/** Who affirms or denies; where nobody is named, the API answers with the outlet or the story's id. */
const teller = r => (r.by && r.by !== r.source && r.by !== r.story_id ? nameOf(r.by) : 'the report itself')
const Told = ({ report: r }) => html`<li><blockquote><p>${sentence(r) || `“${r.trigger}”`}</p></blockquote>
  <p class="meta"><b>${teller(r)}</b>
    <time datetime=${r.story_date || r.date}>${day(r.story_date || r.date)}</time>${r.source && html`<span>${r.source}</span>`}
    ${r.story_key != null && html`<a href=${storyLink(r.story_key, r.event_id)}>${r.title || r.story_title || 'read it'}</a>`}</p></li>`

function Claims() {
  const asked = query.value
  const [most, more] = useMore()
  const of = useApi(about.value && ask('claims', asked))
  const { data } = of
  const table = data && { caption: 'Events that one side affirms and another denies', head: ['type', 'actors', 'recipients', 'side', 'by', 'date', 'source', 'sentence', 'event_id'],
    rows: data.claims.flatMap(c => ['affirmed', 'denied'].flatMap(side => c[side].map(r => [c.event_type, sides(c.actors), sides(c.recipients), side, teller(r), r.story_date || r.date, r.source, sentence(r), r.event_id]))) }
  useExport(() => data && { name: 'claims', title: 'Claims and denials', sentence: table.caption + '.', tables: [table] }, [data])
  return html`<${Answer} of=${of} empty=${d => !d.claims.length} what="claims with a denial">${d => html`
    <ul class="claims">${d.claims.slice(0, most).map(c => html`<li class="claim">
      <h2><${Act} event=${{ event_type: c.event_type, quad: TYPES[c.event_type], actors: c.actors, recipients: c.recipients }} /></h2>
      <div class="two"><section class="affirmed"><h3><span aria-hidden="true">✓</span> It is so</h3><ul>${c.affirmed.slice(0, 6).map(r => html`<${Told} report=${r} />`)}</ul></section>
        <section class="denied"><h3><span aria-hidden="true">✕</span> It is not so</h3><ul>${c.denied.slice(0, 6).map(r => html`<${Told} report=${r} />`)}</ul></section></div>
    </li>`)}</ul>${more(d.claims.length, 'claims')}<${Numbers} table=${table} name="claims" />`}</${Answer}>`
}

const STATES = { open: ['○', 'open'], triggered: ['◐', 'condition came true'], fulfilled: ['✓', 'kept'], broken: ['✕', 'broken'], lapsed: ['⌛︎', 'day has passed'] }

function Commitments() {
  const asked = query.value
  const [most, more] = useMore()
  const of = useApi(about.value && ask('commitments', asked, { state: asked.state }))
  const { data } = of
  const flat = c => ({ ...c, ...(c.event || {}), event_type: c.event_type || c.event?.type || c.event?.event_type })
  const table = data && { caption: 'Commitments and what became of them', head: ['kind', 'state', 'type', 'actors', 'recipients', 'on the word of', 'condition', 'deadline', 'said on', 'source', 'sentence', 'event_id'],
    rows: data.commitments.map(flat).map(c => [c.kind, c.state, c.event_type, sides(c.actors), sides(c.recipients), c.voice, c.condition?.text || c.condition, c.due || c.deadline, c.story_date || c.date, c.source, sentence(c), c.event_id]) }
  useExport(() => data && { name: 'commitments', title: 'Commitments', sentence: table.caption + '.', tables: [table] }, [data])
  return html`<div class="toolbar"><div class="segments" role="group" aria-label="State"><span>State</span>
      ${[['', ['', 'all']], ...Object.entries(STATES)].map(([state, [sign, word]]) => html`<button type="button" aria-pressed=${(asked.state || '') === state} onClick=${() => set({ state })}>${sign} ${word}</button>`)}</div></div>
    <${Answer} of=${of} empty=${d => !d.commitments.length} what="commitments">${d => html`
    <ul class="commitments">${d.commitments.slice(0, most).map(flat).map(c => html`<li class=${'commitment ' + c.state}>
      <p class="state"><span aria-hidden="true">${STATES[c.state]?.[0]}</span> ${STATES[c.state]?.[1] || c.state}<small>${c.kind}</small></p>
      <div><h2><${Act} event=${{ ...c, quad: TYPES[c.event_type], event_mode: null }} />${(c.negated || c.polarity === 'negated') && html`<span class="tag denied">will not</span>`}</h2>
        ${sentence(c) && html`<blockquote><p>${sentence(c)}</p></blockquote>`}
        <p class="meta">${c.voice && html`<b>${nameOf(c.voice)}</b>`}<time datetime=${c.story_date || c.date}>${day(c.story_date || c.date)}</time>${c.source && html`<span>${c.source}</span>`}
          ${(c.condition?.text || c.condition) && html`<span>condition: “${c.condition.text || c.condition}”</span>`}
          ${(c.due || c.deadline) && (c.due || c.deadline) !== (c.story_date || c.date) && html`<span>by ${day(c.due || c.deadline)}</span>`}
          ${c.story_key != null && html`<a href=${storyLink(c.story_key, c.event_id)}>${c.title || c.story_title || 'read it'}</a>`}</p>
        ${c.decided_by && html`<p class="outcome"><b>${STATES[c.state]?.[1]}</b> ${day(c.decided_by.story_date || c.decided_by.date)}: ${sentence(c.decided_by) || c.decided_by.trigger} ${c.decided_by.story_key != null && html`<a href=${storyLink(c.decided_by.story_key, c.decided_by.event_id)}>read it</a>`}</p>`}
      </div></li>`)}</ul>${more(d.commitments.length, 'commitments')}<${Numbers} table=${table} name="commitments" />`}</${Answer}>`
}

const VIEWS = { quotes: Quotes, claims: Claims, commitments: Commitments }
const SAYS = {
  quotes: 'Every statement that carries an event, with the words around it. Saying is not doing: each stands on its speaker’s word.',
  claims: 'Events that one side affirms and another denies: same type, same sides, days close together. Both are shown with their sentences; the page does not decide.',
  commitments: 'Promises, threats, ultimatums and conditions, followed through later reports. Open means: no later report in this store decides it.',
}

export function Voices() {
  const tab = VIEWS[query.value.tab] ? query.value.tab : 'quotes'
  const View = VIEWS[tab]
  return html`<${Headline} title="Who says what" sentence=${SAYS[tab]} /><${Tabs} now=${tab} /><${View} />`
}
