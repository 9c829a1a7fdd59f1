// The address holds the whole view: the path names it, the query holds every filter and how it is shown.
// This is the only file that reads or writes it.
import { signal, computed } from '@preact/signals'

// Filters, with the names of the API and of `dragoman query`. kind: how a value is chosen.
export const FILTERS = [
  { name: 'actor', label: 'Actor', kind: 'word', words: 'who', hint: 'who acts: a country, a code or a name' },
  { name: 'recipient', label: 'Recipient', kind: 'word', words: 'who', hint: 'whom the act is directed at' },
  { name: 'country', label: 'Either side', kind: 'word', words: 'who', hint: 'who takes part on either side' },
  { name: 'dyad', label: 'Dyad', kind: 'pair', words: 'who', hint: 'the first acts on the second' },
  { name: 'type', label: 'Type', kind: 'types', hint: 'what is done, by the codebook’s types' },
  { name: 'mode', label: 'Mode', kind: 'word', words: 'mode', hint: 'the kind of a type, by the codebook' },
  { name: 'quad', label: 'Quad class', kind: 'choice', hint: 'cooperation or conflict, verbal or material',
    values: { 1: 'verbal cooperation', 2: 'material cooperation', 3: 'verbal conflict', 4: 'material conflict' } },
  { name: 'status', label: 'Status', kind: 'choice', hint: 'whether it happened',
    values: { actual: 'actual', intended: 'intended', conditional: 'conditional', requested: 'requested',
      possible: 'possible', hypothetical: 'hypothetical' } },
  { name: 'polarity', label: 'Polarity', kind: 'one', hint: 'whether it is said to be so',
    values: { affirmed: 'affirmed', negated: 'denied' } },
  { name: 'speaker', label: 'Speaker', kind: 'word', words: 'speaker', hint: 'on whose word it stands; “none”: the report’s own' },
  { name: 'place', label: 'Place', kind: 'word', words: 'place', one: true, hint: 'a country or the name of a place' },
  { name: 'basis', label: 'Place known by', kind: 'choice', hint: 'how far a place can be trusted',
    values: { clause: 'its clause', sentence: 'its sentence', dateline: 'the dateline', story: 'the story' } },
  { name: 'source', label: 'Source', kind: 'word', words: 'source', hint: 'the outlet that printed it' },
  { name: 'text', label: 'Full text', kind: 'text', hint: 'stories with these words; a phrase in double quotes' },
  { name: 'min-confidence', label: 'Confidence', kind: 'number', hint: 'at least this, from 0 to 1' },
  { name: 'historical', label: 'Background', kind: 'one', hint: 'what lies before the story’s own present',
    values: { no: 'left out', yes: 'alone' } },
  { name: 'story', label: 'Story', kind: 'text', hint: 'one story, by its id' },
  { name: 'event', label: 'Event', kind: 'text', hint: 'one event, by its id' },
]
const BY_NAME = new Map(FILTERS.map(f => [f.name, f]))
// Chosen in the bar itself, not added as chips.
const ALWAYS = ['since', 'until', 'per', 'plain', 'one-a-day']
const FILTER_NAMES = [...FILTERS.map(f => f.name), ...ALWAYS]
// How a view is shown; no part of a question to the server.
const SHOWN = ['rate', 'tab', 'pair', 'show', 'nodes', 'at', 'state', 'by']
const ORDER = [...FILTER_NAMES, ...SHOWN]

export const filterOf = name => BY_NAME.get(name)
export const members = value => (value ? value.split(',').map(v => v.trim()).filter(Boolean) : [])

function read() {
  const query = {}
  for (const [name, value] of new URLSearchParams(location.search))
    if (ORDER.includes(name) && value) query[name] = value
  return { path: location.pathname, query }
}

export const address = signal(read())
export const query = computed(() => address.value.query)
export const path = computed(() => address.value.path)
addEventListener('popstate', () => { address.value = read() })

export function link(to, asked = {}) {
  const params = new URLSearchParams()
  for (const name of ORDER) if (asked[name]) params.set(name, asked[name])
  // Commas and colons may stand in a query as they are, and an address is also read by people.
  const text = params.toString().replace(/%2C/g, ',').replace(/%3A/g, ':')
  return to + (text ? '?' + text : '')
}

/** The address of another view under the filters of this one. */
export const linkTo = (to, changes = {}) => link(to, { ...filtersOf(query.value), ...changes })
/** The address of this view with some parts changed; '' and null take a part away. */
export const linkWith = changes => link(path.value, { ...query.value, ...changes })

export function go(to, { replace = false, keep = false } = {}) {
  if (to === location.pathname + location.search) return
  history[replace ? 'replaceState' : 'pushState'](null, '', to)
  const was = address.value.path
  address.value = read()
  if (!keep && was !== address.value.path) scrollTo(0, 0)
}

export const set = (changes, options) => go(linkWith(changes), options)

export function toggle(name, member) {
  const now = members(query.value[name])
  set({ [name]: (now.includes(member) ? now.filter(m => m !== member) : [...now, member]).join(',') })
}

export function filtersOf(asked) {
  const kept = {}
  for (const name of FILTER_NAMES) if (asked[name]) kept[name] = asked[name]
  return kept
}

/** Filters that somebody chose, as [name, value]: period and unit of counting are always there. */
export const chosen = asked => FILTERS.filter(f => asked[f.name]).map(f => [f.name, asked[f.name]])

/** Writes into the address what holds without being said, so that a link means tomorrow what it means today. */
export function complete(about) {
  const asked = query.value
  if (asked.since && asked.until && asked.per) return
  const since = asked.until || Object.keys(filtersOf(asked)).length ? about.since : about.core
  go(linkWith({ since: asked.since || since, until: asked.until || about.until, per: asked.per || 'report' }),
    { replace: true, keep: true })
}

/** Links within the page change the address without loading it again. */
export function followLinks(event) {
  const a = event.target.closest?.('a[href]')
  if (!a || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  if (a.target || a.hasAttribute('download') || a.origin !== location.origin || a.pathname.startsWith('/api')) return
  if (a.hash && a.pathname === location.pathname) return
  event.preventDefault()
  go(a.pathname + a.search)
}
