// One report, with the words of every event marked; the chosen event shows its sides, its voice, its cue and the reasons.
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { html } from '../html.js'
import { useApi } from '../api.js'
import { link, linkTo, query, path, go } from '../filters.js'
import { useExport } from '../exports.js'
import { day, plural } from '../words.js'
import { Answer, Headline, storyLink } from '../parts/common.js'
import { Marked, KINDS, markedHtml } from '../parts/marked.js'
import { Record } from '../parts/record.js'
import { eventsTable } from './events.js'

const inOrder = events => [...events].sort((a, b) => a.trigger.begin - b.trigger.begin || a.trigger.end - b.trigger.end)

export function Reader() {
  const key = path.value.split('/')[2]
  const asked = query.value
  const of = useApi(`/api/stories/${encodeURIComponent(key)}`)
  const { data } = of
  const events = useMemo(() => (data ? inOrder(data.events) : []), [data])
  const chosen = events.find(e => e.event_id === asked.event) || null
  const panel = useRef()
  const to = id => link(path.value, { ...asked, event: id })
  const title = data ? data.story.title || `Report of ${day(data.story.date)}` : 'Report'
  const sentence = data ? `${data.story.source ? data.story.source + ', ' : ''}${day(data.story.date)}. ${plural(events.length, 'event')} in this report.` : ''
  useExport(() => data && { name: 'story-' + key, title, sentence, tables: [eventsTable(events, 'Events of this report')], body: () => markedHtml(data.story.text, events) }, [data])
  useEffect(() => {
    if (!data) return
    const mark = chosen && document.getElementById('e-' + chosen.event_id)
    const seen = mark?.getBoundingClientRect()
    // On a phone the record lies over the lower half of the window.
    const free = innerHeight * (matchMedia('(max-width: 48rem)').matches ? 0.45 : 0.62)
    if (seen && (seen.top < 90 || seen.bottom > free)) scrollBy(0, (seen.top + seen.bottom) / 2 - Math.max(120, free * 0.7))
  }, [asked.event, data])
  useEffect(() => {
    const next = e => {
      if (e.target.closest('input, textarea, select') || e.ctrlKey || e.metaKey || e.altKey) return
      const step = { j: 1, n: 1, k: -1, p: -1 }[e.key]
      if (e.key === 'Escape' && chosen) return go(to(''), { keep: true })
      if (!step || !events.length) return
      const at = events.indexOf(chosen)
      const event = events[(at + step + events.length) % events.length] || events[0]
      go(to(event.event_id), { replace: true, keep: true })
      document.getElementById('e-' + event.event_id)?.focus({ preventScroll: true })
    }
    addEventListener('keydown', next)
    return () => removeEventListener('keydown', next)
  }, [events, chosen, asked])
  return html`<${Answer} of=${of}>${d => html`
    <div class="reader">
      <article class="report">
        <${Headline} kicker=${html`<a href=${linkTo('/events', { event: '' })}>Events</a> / ${d.story.source || 'report'}`} title=${title} sentence=${sentence}>
          <p class="fine">${d.story.url && html`<a href=${/^https?:/.test(d.story.url) ? d.story.url : null} rel="noreferrer noopener" target="_blank">Original</a> · `}
            ${d.copies?.length ? html`Also printed by ${d.copies.map((c, i) => html`${i ? ', ' : ''}<a href=${storyLink(c.key)}>${c.source || c.title || day(c.date)}</a>`)}` : 'No other outlet in this store printed it.'}
            ${' · '}<kbd>J</kbd> <kbd>K</kbd> next and previous event</p></${Headline}>
        <${Marked} text=${d.story.text} title=${d.story.title} events=${events} chosen=${chosen} to=${to} />
        <dl class="signs"><dt>How events are marked</dt>${KINDS.map(k => html`<dd><span class=${'mark ' + k.kind}>${k.sample}${k.tag && html`<small class=${'tag ' + k.kind}>${k.tag}</small>`}</span> ${k.meaning}</dd>`)}</dl>
      </article>
      <aside class="panel" ref=${panel} aria-label="The chosen event" aria-live="polite">
        ${chosen ? html`<${Record} key=${chosen.event_id} event=${chosen} same=${d.same?.find(s => s.event_id === chosen.event_id)?.others} all=${events} to=${to} />`
          : html`<div class=${events.length ? 'note hint' : 'note'}><h2>${events.length ? plural(events.length, 'event') : 'No events'}</h2>
            <p>${events.length ? 'Click marked words, or press J, to see who does what to whom, on whose word, and why it is coded so.' : 'Nothing in this report is a political event by the codebook. Reports of accidents, weather or sport have none.'}</p>
            ${events.length > 0 && html`<ol class="jump">${events.map(e => html`<li><a href=${to(e.event_id)}>${e.event_type} <small>“${e.trigger.text}”</small></a></li>`)}</ol>`}</div>`}
      </aside>
    </div>`}</${Answer}>`
}
