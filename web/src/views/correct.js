// Marks: one key says whether an event is coded rightly. What is marked teaches the judge and says how precise each type is.
import { useEffect, useRef, useState } from 'preact/hooks'
import { html } from '../html.js'
import { ask, forget, get, post, useApi } from '../api.js'
import { linkWith, query, set } from '../filters.js'
import { useExport } from '../exports.js'
import { about, spoken } from '../state.js'
import { TYPES, STATUS, number, percent, plural } from '../words.js'
import { Answer, Failure, Headline, Numbers, Sentence, Waiting } from '../parts/common.js'
import { Record } from '../parts/record.js'

const codes = list => list.map(a => a.code).filter(Boolean).join(', ')
const split = text => text.split(/[,\s]+/).filter(Boolean)

function Otherwise({ event, send, cancel }) {
  const [form, setForm] = useState({ type: event.event_type, actors: codes(event.actors), recipients: codes(event.recipients), polarity: event.polarity, status: event.status, note: '' })
  const field = name => ({ value: form[name], onInput: e => setForm({ ...form, [name]: e.currentTarget.value }) })
  const pick = (name, values) => html`<select value=${form[name]} onChange=${e => setForm({ ...form, [name]: e.currentTarget.value })}>${values.map(([v, w]) => html`<option value=${v} selected=${v === form[name]}>${w}</option>`)}</select>`
  return html`<form class="otherwise" onSubmit=${e => { e.preventDefault(); send('other', { ...form, actors: split(form.actors), recipients: split(form.recipients), note: form.note || undefined }) }}
      onKeyDown=${e => { if (e.key === 'Escape') { e.stopPropagation(); cancel() } }}>
    <h3>How should it be coded?</h3>
    <div class="row"><label>Type${pick('type', Object.keys(TYPES).map(t => [t, t]))}</label>
      <label>Polarity${pick('polarity', [['affirmed', 'affirmed'], ['negated', 'denied']])}</label><label>Status${pick('status', Object.entries(STATUS).map(([s]) => [s, s]))}</label></div>
    <div class="row"><label class="grow">Actors, by code<input type="text" ...${field('actors')} /></label><label class="grow">Recipients, by code<input type="text" ...${field('recipients')} /></label></div>
    <label>Note<input type="text" ...${field('note')} /></label>
    <p class="actions"><button type="submit" class="main">Save</button><button type="button" onClick=${cancel}>Cancel</button></p></form>`
}

function Card({ id, chosen, done, skip, back }) {
  const of = useApi(`/api/events/${encodeURIComponent(id)}`)
  const [other, setOther] = useState(false)
  const [error, setError] = useState(null)
  const event = of.data?.event
  // What is marked already is passed over, unless somebody came for it.
  useEffect(() => { if (!chosen && of.data?.mark) skip(id, of.data.mark.verdict) }, [of.data])
  const send = async (verdict, more = {}) => {
    try {
      await post('/api/marks', { event_id: id, verdict, ...more })
      done(id, verdict)
    } catch (e) { setError(e) }
  }
  useEffect(() => {
    const key = e => {
      if (e.target.closest('input, textarea, select, summary') || e.ctrlKey || e.metaKey || e.altKey || !event) return
      if (e.key === 'r') send('right')
      else if (e.key === 'w') send('wrong')
      else if (e.key === 'o') { e.preventDefault(); setOther(true) }
      else if (e.key === 's') skip(id)
      else if (e.key === 'b') back()
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  }, [event, id])
  if (of.error) return html`<${Failure} error=${of.error} again=${of.again} />`
  if (!event || (!chosen && of.data.mark)) return html`<${Waiting} />`
  return html`<article class="card">
    <p class="kicker">${of.data.story?.title || of.data.story?.source || 'Report'}${of.data.mark && html` · <span class="tag">marked ${of.data.mark.verdict}</span>`}</p>
    <p class="big"><${Sentence} event=${event} /></p>
    <p class="actions verdicts"><button type="button" class="main" onClick=${() => send('right')}><kbd>R</kbd> Right</button>
      <button type="button" onClick=${() => send('wrong')}><kbd>W</kbd> Wrong</button>
      <button type="button" aria-expanded=${other} onClick=${() => setOther(!other)}><kbd>O</kbd> Otherwise</button>
      <button type="button" class="plain" onClick=${() => skip(id)}><kbd>S</kbd> Skip</button><button type="button" class="plain" onClick=${back}><kbd>B</kbd> Back</button></p>
    ${other && html`<${Otherwise} event=${event} send=${send} cancel=${() => setOther(false)} />`}
    ${error && html`<${Failure} error=${error} title="This mark was not saved" act="Close" again=${() => setError(null)} />`}
    <${Record} event=${event} reasons=${of.data.reasons} /></article>`
}

export function Correct() {
  const asked = query.value
  const [turn, setTurn] = useState(0)
  const [marks, setMarks] = useState({})
  useEffect(() => {
    let here = true
    forget()
    get('/api/marks').then(data => here && setMarks({ data }), error => here && setMarks({ error }))
    return () => { here = false }
  }, [turn])
  const list = useApi(about.value && ask('events', { ...asked, event: '' }, { limit: 100 }))
  const [marked, setMarked] = useState(new Map())   // or skipped
  const trail = useRef([])
  const events = list.data?.events || []
  const id = asked.event || events.find(e => !marked.has(e.event_id))?.event_id
  const pass = (from, verdict = 'skipped') => {
    trail.current.push(from)
    setMarked(m => new Map(m).set(from, verdict))
    if (query.value.event) set({ event: '' }, { replace: true })
  }
  const back = () => { const last = trail.current.pop(); if (last) set({ event: last }, { replace: true }) }
  const done = (from, verdict) => {
    pass(from, verdict)
    spoken.value = `Marked ${verdict}`
    setTurn(turn + 1)
  }
  const d = marks.data
  const table = d && { caption: 'Marks by type', head: ['type', 'marked', 'right', 'share right'], rows: d.by_type.filter(t => t.marked).map(t => [t.type, t.marked, t.right, percent(t.right, t.marked)]) }
  useExport(() => d && { name: 'marks', title: 'Marks', sentence: plural(d.marked, 'event') + ' marked.', tables: [table] }, [d])
  if (about.value && !about.value.correct) return html`<${Headline} title="Correct it" sentence="This server only reads." /><div class="note"><p>Start it with <code>dragoman serve --correct</code> to mark events as right, wrong or otherwise coded.</p></div>`
  return html`<${Headline} title="Correct it" sentence="Is it coded as a careful coder would have it: type, both sides, whether it is denied, whether it happened? One key each." />
    <div class="split correct-view">
      <div>${id ? html`<${Card} key=${id} id=${id} chosen=${Boolean(asked.event)} done=${done} skip=${pass} back=${back} />` : html`<${Answer} of=${list} empty=${x => !x.events.length}>${() => html`<div class="note"><h2>All of these are marked</h2><p>Take another filter, or save the marks as gold.</p></div>`}</${Answer}>`}</div>
      <aside class="beside" aria-label="Marks">${marks.error ? html`<${Failure} error=${marks.error} again=${() => setTurn(turn + 1)} />` : d && html`
        <h2>${plural(d.marked, 'event')} marked</h2>
        <dl class="facts"><div><dt>Right</dt><dd>${number(d.right)}</dd></div><div><dt>Wrong</dt><dd>${number(d.wrong)}</dd></div><div><dt>Otherwise</dt><dd>${number(d.other)}</dd></div></dl>
        <p class="actions"><a class="button" href="/api/marks.jsonl" download="marks.jsonl">Save as gold</a>${d.next && html`<a class="button" href=${linkWith({ event: d.next })}>Next unmarked</a>`}</p>
        <${Numbers} table=${table} name="marks" />`}
        <h2>Not yet marked</h2>
        <ol class="jump">${events.filter(e => !marked.has(e.event_id)).slice(0, 20).map(e => html`<li><a href=${linkWith({ event: e.event_id })} aria-current=${e.event_id === id ? 'true' : null}>${e.event_type} <small>“${e.trigger.text}”</small></a></li>`)}</ol></aside>
    </div>`
}
