// What the coder found, as elements: the text with its words marked, a record an event, lists of all else.

const STATUS = {
  intended: 'announced', conditional: 'conditional', requested: 'demanded', possible: 'uncertain', hypothetical: 'supposed',
}
const QUADS = { 1: 'verbal cooperation', 2: 'material cooperation', 3: 'verbal conflict', 4: 'material conflict' }
const SHAPES = {
  1: ['hollow', 'M8 2.4a5.6 5.6 0 1 0 .01 0z'], 2: ['solid', 'M8 1.4a6.6 6.6 0 1 0 .01 0z'],
  3: ['hollow', 'M8 2.2 14.2 13H1.8z'], 4: ['solid', 'M8 1 15.2 14H.8z'],
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value != null) made.setAttribute(name, value)
  made.append(...children.flat().filter(child => child != null && child !== ''))
  return made
}

function glyph(quad) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  const [kind, shape] = SHAPES[quad]
  for (const [name, value] of Object.entries({ class: 'glyph q' + quad, viewBox: '0 0 16 16', 'aria-hidden': 'true' })) svg.setAttribute(name, value)
  path.setAttribute('class', kind)
  path.setAttribute('d', shape)
  svg.append(path)
  return svg
}

const nameOf = who => who?.name || who?.text || who?.code || 'somebody'
const coded = who => [nameOf(who), who.code && who.code !== nameOf(who) ? element('code', {}, who.code) : null]
const sidesOf = list => list.flatMap((who, i) => [i ? ' and ' : '', ...coded(who).flatMap(part => part ? [part, ' '] : [])])
const typeOf = event => event.event_type + (event.event_mode ? ' · ' + event.event_mode : '')

/** What a reader must know of an event before taking it for a fact: [{kind, word}]. */
function caveats(event) {
  const out = []
  if (event.polarity === 'negated') out.push({ kind: 'denied', word: 'denied' })
  if (event.status !== 'actual') out.push({ kind: event.status, word: STATUS[event.status] })
  if (event.historical) out.push({ kind: 'past', word: 'background' })
  if (event.attribution.length) out.push({ kind: 'claimed', word: 'claimed' })
  if ([...event.actors, ...event.recipients].some(a => a.via === 'inferred')) out.push({ kind: 'inferred', word: 'inferred' })
  return out
}

const tag = ({ kind, word }) => element('span', { class: 'tag ' + kind }, word)

// ---- the text

function rolesOf(event) {
  const out = []
  const add = (role, span) => { if (span && span.begin < span.end) out.push({ role, begin: span.begin, end: span.end }) }
  for (const who of event.actors) add('actor', who)
  for (const who of event.recipients) add('recipient', who)
  for (const voice of event.attribution) { add('speaker', voice.speaker); add('cue', voice) }
  add('condition', event.condition)
  for (const place of event.locations) add('place', place)
  return out
}

// Records count code points, so the text is cut by code points: at every begin, end and line end.
function pieces(points, spans) {
  const cuts = new Set([0, points.length])
  for (const { begin, end } of spans) cuts.add(Math.min(begin, points.length)).add(Math.min(end, points.length))
  points.forEach((point, i) => { if (point === '\n') cuts.add(i).add(i + 1) })
  const at = [...cuts].sort((a, b) => a - b)
  return at.slice(1).map((end, i) => ({ begin: at[i], end, text: points.slice(at[i], end).join('') }))
}

function mark(event, { begin, end, text }, chosen) {
  const kinds = caveats(event)
  const first = begin === event.trigger.begin, last = end === event.trigger.end
  return element('a', {
    href: '#e-' + event.event_id, id: first ? 'm-' + event.event_id : null,
    class: `mark q${event.quad} ${kinds.map(c => c.kind).join(' ') || 'happened'}${event === chosen ? ' chosen' : ''}`,
    'aria-current': event === chosen ? 'true' : null, tabindex: first ? null : -1,
  }, first ? glyph(event.quad) : null, text, last && kinds.length ? tag(kinds[0]) : null)
}

/** The text in paragraphs, with the words of events marked, and those of the chosen one's sides. */
export function markedText(text, events, chosen) {
  const points = [...text]
  const roles = chosen ? rolesOf(chosen) : []
  const paragraphs = [[]]
  for (const piece of pieces(points, [...events.map(e => e.trigger), ...roles])) {
    const within = span => span.begin <= piece.begin && piece.begin < span.end
    const here = events.filter(e => within(e.trigger))
    const role = roles.find(within)
    if (piece.text === '\n') { paragraphs.push([]); continue }
    const inner = here.length ? mark(here.includes(chosen) ? chosen : here[0], piece, chosen) : piece.text
    paragraphs.at(-1).push(!role ? inner : element('span', { class: 'side ' + role.role }, inner,
      piece.end === role.end ? element('small', { class: 'role' }, role.role) : null))
  }
  return paragraphs.filter(p => p.length).map(p => element('p', {}, p))
}

// ---- events

function voice({ speaker, cue, kind }) {
  return `${speaker ? nameOf(speaker) : 'somebody'} (${kind}, “${cue}”)`
}

function facts(event, all) {
  const out = []
  if (event.attribution.length) out.push('On the word of ' + event.attribution.map(voice).join(', as told by '))
  if (event.condition) out.push(`If: “${event.condition.text}”`)
  const other = id => { const e = all.find(x => x.event_id === id); return e && element('a', { href: '#e-' + id }, `${e.event_type} “${e.trigger.text}”`) }
  if (event.content_of && other(event.content_of)) out.push(['Content of ', other(event.content_of)])
  for (const id of event.contradicts) if (other(id)) out.push(['Contradicts ', other(id)])
  return out.map(line => element('p', { class: 'fine' }, line))
}

/** One event: who does what to whom, what must be known of it, on whose word, and its record. */
export function eventItem(event, all, chosen) {
  const when = event.event_date + (event.event_date_end ? ' to ' + event.event_date_end : '')
  const where = event.locations.map(l => l.name || l.text).join(', ')
  const kinds = caveats(event)
  return element('li', { id: 'e-' + event.event_id, class: `q${event.quad}${chosen ? ' chosen' : ''}`, tabindex: -1 },
    element('p', { class: 'meta' }, [when, where, QUADS[event.quad]].filter(Boolean).map(words => element('span', {}, words))),
    element('h3', { class: 'act' }, glyph(event.quad), event.actors.length ? sidesOf(event.actors) : 'Nobody named ',
      element('a', { href: '#m-' + event.event_id }, typeOf(event)), event.recipients.length ? [' ', ...sidesOf(event.recipients)] : ''),
    element('p', { class: 'words' }, `“${event.trigger.text}”`),
    element('p', { class: 'tags' }, kinds.length ? kinds.map(tag) : tag({ kind: 'plainly', word: 'reported as fact' })),
    facts(event, all),
    element('details', {}, element('summary', {}, 'The record'), element('pre', { tabindex: 0 }, JSON.stringify(event, null, 1))))
}

// ---- all else

const list = (title, items) => element('details', {}, element('summary', {}, `${title} (${items.length})`), items)

/** Who says what, places, times, and the reasons of it all. */
export async function moreLists(coder, text, date) {
  const points = [...text]
  const words = ([begin, end]) => points.slice(begin, end).join('').replace(/\s+/g, ' ')
  const quotes = (await coder.quotes(text, date)).map(q => element('blockquote', {}, q.content.map(words).join(' … '),
    element('footer', { class: 'fine' }, [q.source ? words(q.source) : 'somebody', `(${q.kind})`].join(' '))))
  const row = cells => element('tr', {}, cells.map(cell => element('td', {}, String(cell ?? ''))))
  const table = (heads, rows) => element('table', {}, element('thead', {}, element('tr', {}, heads.map(h => element('th', { scope: 'col' }, h)))), element('tbody', {}, rows))
  const places = (await coder.places(text, date)).places.map(p => row([p.text, p.name, p.country, p.precision]))
  const times = (await coder.times(text, date)).times.map(t => row([t.text, t.value, t.kind.toLowerCase()]))
  const why = await coder.explain(text, date)
  const out = [list('Who says what', quotes)]
  for (const [title, heads, rows] of [['Places', ['Words', 'Place', 'Country', 'Kind'], places], ['Times', ['Words', 'Value', 'Kind'], times]]) {
    const made = list(title, rows)
    made.replaceChildren(made.firstChild, element('div', { class: 'scroll', tabindex: 0 }, table(heads, rows)))
    out.push(made)
  }
  out.push(element('details', {}, element('summary', {}, 'Why it is coded so'), element('pre', { tabindex: 0 }, why)))
  return out
}
