// Small pieces that all views share: waiting, errors, nothing found, tables of numbers, bars, one event in a list.
import { useState } from 'preact/hooks'
import { html } from '../html.js'
import { Glyph } from './glyph.js'
import { link, linkTo, linkWith, filtersOf, query, chosen } from '../filters.js'
import { TYPES, caveats, day, number, sideName, sides, typeName } from '../words.js'
import { tableCsv, save } from '../exports.js'

/** What to do about an error is part of it. */
export function Failure({ error, again, title = 'This could not be shown', act = 'Try again' }) {
  const lost = error.status === 0
  const absent = error.status === 404
  return html`<div class="note failure" role="alert">
    <h2>${lost ? 'The server does not answer' : absent ? 'There is nothing here' : title}</h2>
    <p>${lost ? 'Is `dragoman serve` still running? Start it again in its terminal; this page waits.' : error.message}</p>
    <p class="actions">
      ${absent ? html`<a class="button" href=${linkTo('/')}>Go to the overview</a>` : html`<button type="button" onClick=${again}>${act}</button>`}
      ${query.value[error.parameter] && html`<a class="button" href=${linkWith({ [error.parameter]: '' })}>Remove the filter “${error.parameter}”</a>`}
    </p>
  </div>`
}

export const Waiting = ({ what = 'Reading' }) => html`<p class="waiting" role="status">${what} …</p>`

/** Nothing found: says which filters stand in the way, and removes any of them with one click. */
export function Nothing({ what = 'events' }) {
  const filters = chosen(query.value)
  const { since, until, plain, state } = query.value
  return html`<div class="note empty">
    <h2>No ${what} here</h2>
    ${filters.length || plain || state
      ? html`<p>Nothing passes all filters at once. Take one away:</p>
        <p class="actions">${filters.map(([name, value]) => html`
          <a class="button" href=${linkWith({ [name]: '' })}>without ${name} ${value}</a>`)}
          ${state && html`<a class="button" href=${linkWith({ state: '' })}>in any state</a>`}
          ${plain && html`<a class="button" href=${linkWith({ plain: '' })}>also what is denied, planned or claimed</a>`}
        </p>`
      : since > until ? html`<p>The period ends before it begins: change its days above.</p>`
        : html`<p>Choose a longer period above, or add reports: <code>dragoman ingest --db events.db -r reports/</code></p>`}
  </div>`
}

/** One of: an error, waiting, nothing, the view. */
export function Answer({ of, empty, what, children }) {
  if (of.error && !of.data) return html`<${Failure} error=${of.error} again=${of.again} />`
  if (!of.data) return html`<${Waiting} />`
  return html`<div class=${of.busy ? 'answer busy' : 'answer'} aria-busy=${of.busy}>
    ${of.error && html`<${Failure} error=${of.error} again=${of.again} />`}
    ${empty?.(of.data) ? html`<${Nothing} what=${what} />` : children(of.data)}
  </div>`
}

const cell = v => (v && typeof v === 'object' && 'text' in v ? v : { text: v })

/** The numbers of a view as a table, folded away. table: {caption, head: [], rows: [[]]}; a cell may be {text, href}. */
export function Numbers({ table, name }) {
  const [open, setOpen] = useState(false)
  const LIMIT = 500
  return html`<details class="numbers" onToggle=${e => setOpen(e.currentTarget.open)}>
    <summary>Table of these numbers</summary>
    ${open && html`<div class="scroll" tabindex="0" role="region" aria-label=${table.caption}>
      <table>
        <caption>${table.caption}</caption>
        <thead><tr>${table.head.map((h, i) => html`<th scope="col" class=${i && typeof cell(table.rows[0]?.[i]).text === 'number' ? 'n' : ''}>${h}</th>`)}</tr></thead>
        <tbody>${table.rows.slice(0, LIMIT).map(row => html`<tr>${row.map((v, i) => {
          const c = cell(v)
          const text = typeof c.text === 'number' ? c.text.toLocaleString('en') : c.text ?? '–'
          const inner = c.href ? html`<a href=${c.href}>${text}</a>` : text
          return i ? html`<td class=${typeof c.text === 'number' ? 'n' : ''}>${inner}</td>` : html`<th scope="row">${inner}</th>`
        })}</tr>`)}</tbody>
      </table></div>
      <p class="fine">${table.rows.length > LIMIT && `The first ${LIMIT} of ${number(table.rows.length)} rows. `}
        <button type="button" class="plain" onClick=${() => save(name + '.csv', 'text/csv', tableCsv(table))}>Save all as CSV</button></p>`}
  </details>`
}

/** A ranking. rows: [{label, href, n, cooperation, conflict} or {label, href, n, quad}]. */
export function Ranking({ rows, title, empty = 'None.' }) {
  const most = Math.max(1, ...rows.map(r => r.n))
  const wide = n => ({ width: (100 * n) / most + '%' })
  return html`<section class="ranking">
    <h2>${title}</h2>
    ${rows.length === 0 && html`<p class="fine">${empty}</p>`}
    <ol>${rows.map(r => html`<li>
      <a href=${r.href}><span class="label">${r.quad && html`<${Glyph} quad=${r.quad} />`}${r.label}</span>
        <span class="n">${number(r.n)}</span>
        <span class="bar" aria-hidden="true">${r.quad
          ? html`<i class=${'fill q' + r.quad} style=${wide(r.n)}></i>`
          : html`<i class="fill q2" style=${wide(r.cooperation ?? 0)}></i><i class="fill q4" style=${wide(r.conflict ?? 0)}></i>
            ${r.cooperation == null && html`<i class="fill neutral" style=${wide(r.n)}></i>`}`}</span></a>
    </li>`)}</ol>
  </section>`
}

export const Caveats = ({ event }) => html`${caveats(event).map(c => html`<span class=${'tag ' + c.kind}>${c.word}</span>`)}`

export const storyLink = (key, event) => link(`/story/${key}`, { ...filtersOf(query.value), event })

/** Who does what to whom, in one line: glyph, sides, type. Records have lists of objects, other answers lists of codes. */
export function Act({ event }) {
  const type = event.event_type || event.type
  const to = sides(event.recipients)
  return html`<span class="act"><${Glyph} quad=${event.quad || TYPES[type]} named />
    <b>${sides(event.actors) || 'Somebody'}</b>${to && html`<span class="to" aria-label="to"> → </span><b>${to}</b>`}
    <span class="type">${typeName(event)}</span></span>`
}

/** The sentence with its trigger marked. The trigger's place is known from the record's own offsets, or found by its words. */
export function Sentence({ event }) {
  const { text, trigger } = event
  const words = trigger?.text
  const at = words && text ? text.indexOf(words) : -1
  if (at < 0) return text || null
  return html`${text.slice(0, at)}<em class=${'hit q' + event.quad}>${words}</em>${text.slice(at + words.length)}`
}

export const EventItem = ({ event }) => html`
  <li class="event">
    <p class="meta"><time datetime=${event.event_date}>${day(event.event_date)}</time>
      ${event.story_source && html`<span>${event.story_source}</span>`}
      ${event.attribution?.length > 0 && html`<span>on the word of ${event.attribution.map(v => sideName(v.speaker)).join(', by way of ')}</span>`}
      <${Caveats} event=${event} /></p>
    <a class="to-story" href=${storyLink(event.story_key, event.event_id)}><${Act} event=${event} /></a>
    <p class="words"><${Sentence} event=${event} /></p>
  </li>`

export const More = ({ pages, what }) => html`
  ${pages.more && html`<p class="actions"><button type="button" onClick=${pages.more} disabled=${pages.busy}>Show more ${what}</button></p>`}
  ${pages.busy && pages.first && html`<p class="waiting" role="status">Reading …</p>`}`

/** A heading, what the view counts, and what it leaves out and why. */
export const Headline = ({ title, sentence, children, kicker }) => html`
  <header class="headline">
    ${kicker && html`<p class="kicker">${kicker}</p>`}
    <h1 tabindex="-1">${title}</h1>
    ${sentence && html`<p class="standfirst">${sentence}</p>`}
    ${children}
  </header>`

