// Paste a report and watch it being coded, with the reasons.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { html } from '../html.js'
import { post } from '../api.js'
import { useExport } from '../exports.js'
import { about, spoken } from '../state.js'
import { plural } from '../words.js'
import { Failure, Headline } from '../parts/common.js'
import { Marked, markedHtml } from '../parts/marked.js'
import { Record } from '../parts/record.js'
import { eventsTable } from './events.js'

const LIMIT = 65536
const EXAMPLE = {
  date: '2024-03-14', title: 'Ministers meet as border quiet is disputed',
  text: `The Kenyan foreign minister met his Ugandan counterpart in Nairobi on Thursday and promised to reopen the border if both armies withdrew.

Uganda accused Kenya of shelling two villages on Tuesday. Kenya denied that its army had fired. The African Union demanded an immediate ceasefire and will send observers next week.

"We will not negotiate under fire," a Ugandan army spokesman said.`,
}

export function Try() {
  const [form, setForm] = useState({ date: new Date().toISOString().slice(0, 10), title: '', text: '' })
  const [state, setState] = useState({})
  const [chosen, setChosen] = useState(null)
  const events = useMemo(() => (state.answer?.events || []).map((e, i) => ({ ...e, i })).sort((a, b) => a.trigger.begin - b.trigger.begin), [state.answer])
  const reasonsOf = e => state.answer.reasons?.filter(r => r.event === e.i).flatMap(r => r.text)
  const event = events.find(e => e.event_id === chosen)
  const bytes = new TextEncoder().encode(form.text).length
  const allowed = about.value?.code !== false
  useExport(() => state.answer && { name: 'tried', title: form.title || 'A report, coded', sentence: `${plural(events.length, 'event')} in a report of ${form.date}.`, tables: [eventsTable(events, 'Events')], body: () => markedHtml(state.answer.story.text, events) }, [state.answer])
  const send = async (e, values = form) => {
    e?.preventDefault()
    setState({ busy: true, answer: state.answer })
    try {
      const answer = await post('/api/code', { date: values.date, title: values.title || undefined, text: values.text })
      setState({ answer })
      setChosen(null)
      spoken.value = plural(answer.events.length, 'event') + ' found'
    } catch (error) { setState({ error, answer: state.answer }) }
  }
  useEffect(() => {   // links of the marked words choose within this view
    const choose = e => { const a = e.target.closest?.('.tried a.mark, .tried .jump a'); if (a) { e.preventDefault(); e.stopPropagation(); setChosen(a.getAttribute('href').slice(1)) } }
    document.addEventListener('click', choose, true)
    return () => document.removeEventListener('click', choose, true)
  }, [])
  const field = name => ({ value: form[name], onInput: e => setForm({ ...form, [name]: e.currentTarget.value }) })
  return html`<${Headline} title="Try it" sentence="Paste a report: it is coded on this machine, while you watch, and kept nowhere." />
    ${!allowed && html`<div class="note"><h2>Coding is switched off here</h2><p>This server has no model or was started without it. <code>dragoman doctor</code> says what is missing.</p></div>`}
    <form class="try" onSubmit=${send}>
      <div class="row"><label>Day of the report<input type="date" required ...${field('date')} /></label>
        <label class="grow">Title, if it has one<input type="text" ...${field('title')} /></label></div>
      <label>Report, in English<textarea rows="9" required ...${field('text')} placeholder="Paste the text of a news report"
        onKeyDown=${e => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && form.text.trim() && send(e)}></textarea></label>
      <p class="actions"><button type="submit" class="main" disabled=${!allowed || state.busy || !form.text.trim() || bytes > LIMIT}>${state.busy ? 'Coding …' : 'Code it'}</button>
        <button type="button" onClick=${() => { setForm(EXAMPLE); send(null, EXAMPLE) }} disabled=${!allowed}>Use an example</button>
        <span class="fine">${bytes > LIMIT ? `Too long: ${Math.ceil(bytes / 1024)} KB of at most 64 KB. Paste one report at a time.` : html`<kbd>Ctrl</kbd> <kbd>Enter</kbd> codes it`}</span></p>
    </form>
    ${state.error && html`<${Failure} error=${state.error} again=${send} />`}
    ${state.answer && html`<div class=${'reader tried' + (state.busy ? ' busy' : '')}>
      <article class="report"><h2>${plural(events.length, 'event')}</h2>
        <${Marked} text=${state.answer.story.text} title=${state.answer.story.title} events=${events} chosen=${event} to=${id => '#' + id} /></article>
      <aside class="panel" aria-label="The chosen event" aria-live="polite">${event ? html`<${Record} key=${chosen} event=${event} all=${events} to=${id => '#' + id} reasons=${reasonsOf(event)} />`
        : html`<div class=${events.length ? 'note hint' : 'note'}><h2>${events.length ? 'Choose an event' : 'No events'}</h2><p>${events.length ? 'Click marked words to see the record and the reasons.' : 'No act between political actors is told here by the codebook. Name who does what to whom, as a report would.'}</p>
          <ol class="jump">${events.map(e => html`<li><a href=${'#' + e.event_id}>${e.event_type} <small>“${e.trigger.text}”</small></a></li>`)}</ol></div>`}</aside></div>`}`
}
