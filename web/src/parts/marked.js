// A text with the words of its events marked. Offsets are code points of the text as read, so it is cut by code points.
import { html } from '../html.js'
import { Glyph } from './glyph.js'
import { caveats } from '../words.js'

/** How caveats are drawn; each has a line of its own form and a word, so that none is told by colour alone. */
export const KINDS = [
  { kind: 'happened', sample: 'shelled', tag: '', meaning: 'reported as a fact by the report itself' },
  { kind: 'claimed', sample: 'shelled', tag: 'claimed', meaning: 'on somebody’s word' },
  { kind: 'denied', sample: 'shelled', tag: 'denied', meaning: 'said not to be so' },
  { kind: 'conditional', sample: 'withdraw', tag: 'conditional', meaning: 'only if something else holds' },
  { kind: 'requested', sample: 'withdraw', tag: 'demanded', meaning: 'somebody asks for it' },
  { kind: 'intended', sample: 'withdraw', tag: 'announced', meaning: 'promised, threatened, planned' },
  { kind: 'possible', sample: 'withdrew', tag: 'uncertain', meaning: 'hedged, or only supposed' },
  { kind: 'inferred', sample: 'withdrew', tag: 'inferred', meaning: 'a side is not in the event’s own words' },
]

const within = (spans, at) => spans.filter(s => s.begin <= at && at < s.end)

// Where the record counts from: offsets of dated text count the heading too, those of JSON Lines do not. The trigger's own
// words tell which.
export function shift(points, events) {
  for (const e of events) {
    const { text, begin } = e.trigger
    const words = [...text]
    const fits = from => from >= 0 && words.every((c, i) => points[from + i] === c || (/\s/.test(c) && /\s/.test(points[from + i] || '')))
    if (fits(begin)) continue
    for (let by = 1; by < 4000 && begin - by >= 0; by++) if (fits(begin - by)) return by
  }
  return 0
}

function spansOf(event) {
  const out = []
  const add = (what, s, label) => s && s.begin < s.end && out.push({ what, label, begin: s.begin, end: s.end })
  for (const a of event.actors) add('actor', a, 'actor')
  for (const a of event.recipients) add('recipient', a, 'recipient')
  for (const v of event.attribution) { add('cue', v, v.kind); add('speaker', v.speaker, 'speaker') }
  add('condition', event.condition, 'if')
  for (const l of event.locations) add('place', l, 'place')
  return out
}

/** [{text, events: [whose trigger], sides: [of the chosen event], ends: {…}}] in order, one paragraph after the other. */
export function segments(text, events, chosen) {
  const points = [...text]
  const by = shift(points, events)
  const spans = events.map(e => ({ event: e, begin: e.trigger.begin - by, end: e.trigger.end - by }))
  const sides = chosen ? spansOf(chosen).map(s => ({ ...s, begin: s.begin - by, end: s.end - by })) : []
  const cuts = new Set([0, points.length])
  for (const s of [...spans, ...sides]) { cuts.add(Math.max(0, s.begin)); cuts.add(Math.min(points.length, s.end)) }
  for (let i = 0; i < points.length; i++) if (points[i] === '\n') { cuts.add(i); cuts.add(i + 1) }
  const at = [...cuts].sort((a, b) => a - b)
  const out = []
  for (let i = 0; i + 1 < at.length; i++)
    out.push({ text: points.slice(at[i], at[i + 1]).join(''), begin: at[i], end: at[i + 1],
      events: within(spans, at[i]), sides: within(sides, at[i]) })
  return out
}

function paragraphs(pieces) {
  const out = [[]]
  for (const p of pieces) {
    if (p.text !== '\n') out.at(-1).push(p)
    else if (out.at(-1).length) out.push([])
  }
  return out.filter(p => p.some(s => s.text.trim()))
}

// What does not part at the end of a line: the sign and the first word, the last word and its tag.
function Words({ text, before, after }) {
  const [, head, middle, tail] = /^(\S*)([\s\S]*?)(\S*)$/.exec(text)
  if (!middle) return html`<span class="whole">${before}${text}${after}</span>`
  return html`${before ? html`<span class="whole">${before}${head}</span>` : head}${middle}${after ? html`<span class="whole">${tail}${after}</span>` : tail}`
}

const classes = list => list.map(c => c.kind).join(' ') || 'happened'

function Piece({ piece, chosen, to }) {
  const side = piece.sides[0]
  let inner = piece.text
  if (piece.events.length) {
    const at = piece.events.find(s => s.event === chosen) || piece.events[0]
    const { event } = at
    const cs = caveats(event)
    const last = piece.end === at.end
    const first = piece.begin === at.begin
    // Inferred sides have a line of their own around the words; the tag says so where somebody looks closer.
    const said = cs.filter(c => c.kind !== 'inferred' || event === chosen)
    const tags = last && html`${said.length > 0 && html`<small class=${'tag ' + said[0].kind}>${said.map(c => c.word).join(' · ')}</small>`}${said.length < cs.length && html`<span class="hidden"> (inferred)</span>`}${piece.events.length > 1 && html`<small class="tag more">+${piece.events.length - 1}</small>`}`
    inner = html`<a href=${to(event.event_id)} id=${first ? 'e-' + event.event_id : null} class=${`mark q${event.quad} ${classes(cs)} ${event === chosen ? 'chosen' : ''}`}
      aria-current=${event === chosen ? 'true' : null} tabindex=${first ? null : -1}><${Words} text=${piece.text} before=${first && html`<${Glyph} quad=${event.quad} />`} after=${tags} /></a>`
  }
  if (!side) return inner
  return html`<span class=${`side ${side.what}`}>${inner}${piece.end === side.end && html`<small class="role">${side.label}</small>`}</span>`
}

export function Marked({ text, title, events, chosen, to }) {
  const ps = paragraphs(segments(text, events, chosen))
  return html`<div class="text">${ps.map((p, i) => html`<p class=${i === 0 && title && p.map(s => s.text).join('') === title ? 'title' : null}>
    ${p.map(piece => html`<${Piece} piece=${piece} chosen=${chosen} to=${to} />`)}</p>`)}</div>`
}

const escaped = s => s.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c])

/** The same for a file of its own. */
export const markedHtml = (text, events) => paragraphs(segments(text, events, null)).map(p => '<p>' + p.map(s => {
  const e = s.events[0]?.event
  return e ? `<mark>${escaped(s.text)}</mark>${s.end === s.events[0].end ? [{ word: e.event_type }, ...caveats(e)].map(c => `<span class="tag">${escaped(c.word)}</span>`).join('') : ''}` : escaped(s.text)
}).join('') + '</p>').join('\n')
