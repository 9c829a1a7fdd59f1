// The page: a form, the coder in a worker, and what it found. Text is put in as text, never as HTML.
import { loadInWorker } from './dragoman/index.js'
import { eventItem, markedText, moreLists } from './show.js'

const at = id => document.getElementById(id)
const own = { name: '', date: new Date().toISOString().slice(0, 10), text: '' }
let coder
let examples = [own]
let shown        // {text, events, lines}: what is on the page
let number = 0   // of the last question: an answer to an older one is dropped

function say(text) { at('state').textContent = text }

function fail(error, what) {
  at('failure').hidden = false
  at('failure').textContent = `${what}: ${error.message}`
  say('')
}

// ---- coding

async function code() {
  const text = at('text').value, date = at('date').value
  if (!coder || !text.trim() || !date) return
  const mine = ++number
  at('failure').hidden = true
  at('result').classList.add('busy')
  try {
    const begun = performance.now()
    const lines = await coder.make('events', text, date)
    if (mine !== number) return
    const events = lines.split('\n').filter(Boolean).map(line => JSON.parse(line))
    events.sort((a, b) => a.trigger.begin - b.trigger.begin)
    shown = { text, date, lines, events }
    show()
    performance.mark('events')
    say(`${events.length === 1 ? '1 event' : `${events.length} events`} found in ${Math.max(1, Math.round(performance.now() - begun))} ms.`)
    at('more').replaceChildren()
    const lists = await moreLists(coder, text, date)
    if (mine === number) at('more').replaceChildren(...lists)
  } catch (error) {
    if (mine === number) fail(error, 'The report was not coded')
  } finally {
    at('result').classList.remove('busy')
  }
}

// ---- showing

function show(chosen = null) {
  const { text, events } = shown
  at('marked').replaceChildren(...markedText(text, events, chosen))
  at('events').replaceChildren(...events.map(event => eventItem(event, events, event === chosen)))
  if (events.length === 0) at('events').append(Object.assign(document.createElement('li'),
    { textContent: 'No act between political actors is told here. Name who does what to whom, as a report would.' }))
  at('result').hidden = false
}

// A link to an event's words or to its record chooses the event, too.
function choose(hash) {
  const event = shown?.events.find(e => hash === '#e-' + e.event_id || hash === '#m-' + e.event_id)
  if (!event) return
  const open = [...document.querySelectorAll('#events details[open]')].map(d => d.closest('li').id)
  show(event)
  for (const id of open) at(id).querySelector('details').open = true
  const target = document.querySelector(hash)
  target?.focus({ preventScroll: true })
  target?.scrollIntoView({ block: 'nearest' })
}

function save() {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([shown.lines], { type: 'application/jsonl' }))
  link.download = `events-${shown.date}.jsonl`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

// ---- the form

// `required` takes blanks for a report.
function checkText() {
  at('text').setCustomValidity(at('text').value.trim() ? '' : 'There is no report to code yet.')
}

function fill({ date, text }) {
  at('date').value = date
  at('text').value = text
  checkText()
}

function listen() {
  at('form').addEventListener('submit', event => { event.preventDefault(); code() })
  at('text').addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) at('form').requestSubmit() })
  at('text').addEventListener('input', () => { at('example').value = ''; checkText() })
  at('example').addEventListener('change', event => {
    fill(examples.find(e => e.name === event.target.value))
    at('result').hidden = true
    say('')
    code()
  })
  at('save').addEventListener('click', save)
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href^="#e-"], a[href^="#m-"]')
    if (!link) return
    event.preventDefault()
    choose(link.getAttribute('href'))
  })
}

async function readExamples() {
  const answer = await fetch('examples.json')
  examples = [own, ...await answer.json()]
  at('example').append(...examples.slice(1).map(e => new Option(`${e.title} (${e.date.slice(0, 4)})`, e.name)))
  if (at('text').value) return
  fill(examples[1])
  at('example').value = examples[1].name
}

function progress(n, all) {
  const most = Math.max(all, n)
  at('progress').value = all ? n / most : 0
  say(`Loading the coder: ${(n / 1e6).toFixed(1)} MB${all ? ` of ${(most / 1e6).toFixed(1)}` : ''}`)
}

async function main() {
  fill(own)
  listen()
  const filled = readExamples().catch(() => {})   // without examples the page works as well
  try {
    coder = await loadInWorker({ progress })
  } catch (error) {
    return fail(error, 'The coder could not be loaded')
  } finally {
    at('progress').hidden = true
  }
  at('version').textContent = `dragoman ${coder.version}. The coder and the examples stay in the browser, so the page works without a network, too.`
  at('send').disabled = false
  say('Ready.')
  await filled
  await code()
  navigator.serviceWorker?.register('offline.js').catch(() => {})   // not over plain http, except from this machine
}

main()
