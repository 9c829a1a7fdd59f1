// All events that pass the filters, the latest first, each with its words.
import { html } from '../html.js'
import { ask, usePages } from '../api.js'
import { query } from '../filters.js'
import { useExport } from '../exports.js'
import { about } from '../state.js'
import { plural, sides, typeName } from '../words.js'
import { EventItem, Failure, Headline, More, Nothing, Waiting } from '../parts/common.js'

export const eventsTable = (events, caption) => ({
  caption, head: ['date', 'type', 'actors', 'recipients', 'polarity', 'status', 'sentence', 'source', 'event_id'],
  rows: events.map(e => [e.event_date, typeName(e), sides(e.actors), sides(e.recipients), e.polarity, e.status, e.text, e.story_source, e.event_id]),
})

export function EventList({ asked, what = 'events' }) {
  const pages = usePages(about.value && ask('events', asked), 'events')
  if (pages.error && !pages.first) return html`<${Failure} error=${pages.error} again=${() => location.reload()} />`
  if (!pages.first) return html`<${Waiting} />`
  if (!pages.items.length && !pages.busy) return html`<${Nothing} />`
  return html`<ul class="events">${pages.items.map(e => html`<${EventItem} key=${e.key} event=${e} />`)}</ul><${More} pages=${pages} what=${what} />`
}

export function Events() {
  const asked = query.value
  const pages = usePages(about.value && ask('events', asked), 'events')
  const sentence = 'Every event that passes the filters, the latest first. Open one to read it in its report, with the reasons for its coding.'
  useExport(() => pages.items.length ? { name: 'events', title: 'Events', sentence, tables: [eventsTable(pages.items, `The latest ${pages.items.length} events`)] } : null, [pages.items])
  return html`<${Headline} title=${pages.total != null ? plural(pages.total, 'event') : 'Events'} sentence=${sentence} />
    ${pages.error ? html`<${Failure} error=${pages.error} again=${() => location.reload()} />` : !pages.first ? html`<${Waiting} />`
      : !pages.items.length ? html`<${Nothing} />`
      : html`<div class=${pages.busy ? 'busy' : ''}><ul class="events">${pages.items.map(e => html`<${EventItem} key=${e.key} event=${e} />`)}</ul></div><${More} pages=${pages} what="events" />`}`
}
