// Words, names and numbers as the page writes them. Codes come from the coder's own tables.
import codes from '../../data/actors/codes.tsv'
import sectors from '../../data/actors/sectors.tsv'

const rows = text => text.split('\n').filter(l => l && !l.startsWith('#')).slice(1).map(l => l.split('\t'))
const COUNTRIES = new Map(rows(codes).map(([code, name]) => [code, name]))
// What the table explains in a sentence, in two words.
for (const [code, name] of Object.entries({ UNO: 'United Nations', EUR: 'European Union', IGO: 'intergovernmental body', NGO: 'NGO',
  ISM: 'transnational movement', IMG: 'cross-border armed group', MNC: 'multinational company' })) COUNTRIES.set(code, name)
const SECTORS = new Map(rows(sectors).map(([code, meaning]) => [code, meaning]))
const SHORT = {
  GOV: 'government', MIL: 'army', COP: 'police', SPY: 'intelligence', LEG: 'parliament', JUD: 'courts', PTY: 'party',
  REB: 'rebels', PRM: 'armed group', UAF: 'armed men', CRM: 'criminals', BUS: 'business', LAB: 'workers', AGR: 'farmers',
  CVL: 'civilians', EDU: 'education', ELI: 'elites', JRN: 'press', MED: 'health', REF: 'refugees', REL: 'religion',
  SOC: 'civil society', OPP: 'opposition', PRE: 'partly recognised state', UNK: 'unidentified',
}

export const QUADS = {
  1: { name: 'verbal cooperation', plural: 'Verbal cooperation' },
  2: { name: 'material cooperation', plural: 'Material cooperation' },
  3: { name: 'verbal conflict', plural: 'Verbal conflict' },
  4: { name: 'material conflict', plural: 'Material conflict' },
}
/** The codebook's types in its order, each with its quad class; from /api/about, before anything is drawn. */
export const TYPES = {}
export function learnTypes(types) {
  for (const t of types) TYPES[t.type] = t.quad
}
export const STATUS = {
  actual: 'happened', intended: 'announced', conditional: 'conditional', requested: 'demanded', possible: 'uncertain',
  hypothetical: 'supposed',
}

export const number = n => (n == null ? '–' : Math.round(n).toLocaleString('en'))
export const decimal = (n, digits = 1) => (n == null ? '–' : n.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace('-', '−'))
export const plural = (n, one, many = one + 's') => `${number(n)} ${n === 1 ? one : many}`
export const percent = (n, of) => (of ? Math.round((100 * n) / of) + '%' : '–')

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
export function day(date, { short = false } = {}) {
  const m = /^(\d{4})-(\d\d)-(\d\d)/.exec(date || '')
  if (!m) return date || 'no date'
  const month = MONTHS[m[2] - 1] || ''
  return `${+m[3]} ${short ? month.slice(0, 3) : month} ${m[1]}`
}
export function period(date, by, { short = false } = {}) {
  const month = MONTHS[date.slice(5, 7) - 1] || ''
  if (by === 'year') return date.slice(0, 4)
  if (by === 'month') return `${short ? month.slice(0, 3) : month} ${date.slice(0, 4)}`
  return (by === 'week' && !short ? 'Week of ' : '') + day(date, { short })
}
/** Last day of a period that begins on date. */
export function lastDay(date, by) {
  const t = new Date(date + 'T00:00:00Z')
  if (by === 'week') t.setUTCDate(t.getUTCDate() + 6)
  if (by === 'month') t.setUTCMonth(t.getUTCMonth() + 1, 0)
  if (by === 'year') t.setUTCFullYear(t.getUTCFullYear() + 1, 0, 0)
  return t.toISOString().slice(0, 10)
}

// Names that English does not use in a sentence without "the".
const THE = /^(government of )?(?=(United |Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|European Union|[A-Z][a-z ]*Republic|Democratic Rep|[A-Z][a-z]+ Islands))/
export const inText = name => name.replace(THE, (_, of) => (of || '') + 'the ')
const named = name => (name.startsWith('government of ') ? inText(name) : name)

/** RUSGOV: 'Russia, government'; ---REB: 'rebels'; a name stays as it is. */
export function nameOf(code) {
  if (!code) return 'nobody named'
  if (COUNTRIES.has(code)) return COUNTRIES.get(code)
  const country = COUNTRIES.get(code.slice(0, 3))
  const sector = SHORT[code.slice(3)]
  if (code.startsWith('---') && sector) return sector
  return country && sector ? `${country}, ${sector}` : named(code)
}
export const sectorOf = code => SECTORS.get(code) || code
/** Who takes part or speaks, as a code or a record: by name or code, else in the report's words. */
export const sideName = a => (typeof a === 'string' ? nameOf(a) : a?.name || a?.code ? nameOf(a.name || a.code) : a?.text || 'somebody')
export const sides = list => (list?.length ? list.map(sideName).join(' and ') : null)

/** What a reader must know of an event before taking it for a fact: [{kind, word}]. */
export function caveats(e) {
  const out = []
  if (e.polarity === 'negated') out.push({ kind: 'denied', word: 'denied' })
  if (e.status && e.status !== 'actual') out.push({ kind: e.status, word: STATUS[e.status] })
  if (e.historical) out.push({ kind: 'past', word: 'background' })
  if (e.attribution?.length) out.push({ kind: 'claimed', word: 'claimed' })
  if ([...(e.actors || []), ...(e.recipients || [])].some(a => a.via === 'inferred')) out.push({ kind: 'inferred', word: 'inferred' })
  return out
}
export const typeName = e => (e.event_type || e.type || '') + (e.event_mode ? ' · ' + e.event_mode : '')
