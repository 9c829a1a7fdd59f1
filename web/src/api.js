// Questions to the server. An answer is kept, so that the back button shows its view at once.
import { useEffect, useState } from 'preact/hooks'
import { filtersOf } from './filters.js'

const KEPT = 40
const answers = new Map()

/** '/api/x' with the filters among asked and what is in more. */
export function ask(route, asked = {}, more = {}) {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filtersOf(asked), ...more }))
    if (value != null && value !== '') params.set(name, value)
  const text = params.toString()
  return '/api/' + route + (text ? '?' + text : '')
}

async function told(response) {
  if (response.ok) return response.json()
  let message = `The server answered ${response.status}.`
  let parameter = null
  try {
    const { error } = await response.json()
    message = error.message
    parameter = error.parameter
  } catch { /* an answer that is no JSON says no more than its status */ }
  throw Object.assign(new Error(message), { status: response.status, parameter })
}

async function fetched(url, options) {
  try {
    return await fetch(url, options)
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw Object.assign(new Error('The server does not answer.'), { status: 0 })
  }
}

export async function get(url, signal) {
  if (answers.has(url)) return answers.get(url)
  const answer = await told(await fetched(url, { signal, headers: { accept: 'application/json' } }))
  answers.set(url, answer)
  if (answers.size > KEPT) answers.delete(answers.keys().next().value)
  return answer
}

export async function post(url, body) {
  return told(await fetched(url, {
    method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' },
  }))
}

export const forget = () => answers.clear()

/** {data, error, busy, again}: data stays what it was until the next answer is there. No url: no question. */
export function useApi(url) {
  const [state, setState] = useState(() => ({ url: null, data: url ? answers.get(url) : undefined, error: null }))
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (!url) return setState({ url, data: undefined, error: null })
    const abort = new AbortController()
    get(url, abort.signal).then(
      data => setState({ url, data, error: null }),
      error => error.name !== 'AbortError' && !abort.signal.aborted && setState(s => ({ ...s, url, error })))
    return () => abort.abort()
  }, [url, turn])
  return {
    data: state.data, error: state.url === url ? state.error : null, busy: Boolean(url) && state.url !== url,
    again: () => { setState(s => ({ ...s, url: null, error: null })); setTurn(turn + 1) },
  }
}

/** Pages of a list: {items, total, more, busy, error, again}. member: under which name the answer has them. */
export function usePages(url, member) {
  const [state, setState] = useState({ url: null, items: [], next: null, error: null })
  const [from, setFrom] = useState({ url, after: null })
  const after = from.url === url ? from.after : null
  useEffect(() => {
    if (!url) return
    const abort = new AbortController()
    get(after ? url + (url.includes('?') ? '&' : '?') + 'after=' + encodeURIComponent(after) : url, abort.signal).then(
      page => setState(s => ({
        url, after, total: page.total, next: page.next, error: null, items: after ? [...s.items, ...page[member]] : page[member],
      })),
      error => error.name !== 'AbortError' && setState(s => ({ ...s, url, after, error })))
    return () => abort.abort()
  }, [url, after])
  return {
    items: state.items, total: state.total, error: state.url === url ? state.error : null,
    busy: Boolean(url) && (state.url !== url || state.after !== after), first: state.url !== null,
    more: state.next && state.url === url ? () => setFrom({ url, after: state.next }) : null,
  }
}

/** Calls heard({n, until}) when `ingest` adds events; ends with the returned function. */
export function listen(heard) {
  if (typeof EventSource === 'undefined') return () => {}
  const source = new EventSource('/api/stream')
  source.addEventListener('events', e => { try { heard(JSON.parse(e.data)) } catch { /* not for us */ } })
  return () => source.close()
}
