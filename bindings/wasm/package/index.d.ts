// Records as docs/formats/events.md, quotes.md, places.md and times.md describe them. Offsets count
// code points; cut() takes the words out of a text.

export interface Words { text: string | null; begin: number; end: number; begin_byte: number; end_byte: number }

export interface Actor extends Words {
  code: string | null
  country: string | null
  sector: string | null
  other_sectors: string[]
  name: string | null
  id: string | null
  via: 'name' | 'role' | 'metonymy' | 'coref' | 'inferred' | null
}

export type Kind = 'say' | 'claim' | 'deny' | 'accuse' | 'demand' | 'promise' | 'report' | 'believe'

export interface Voice { speaker: Actor | null; cue: string | null; begin: number; end: number; kind: Kind }

export interface Place {
  text: string | null
  begin: number
  end: number
  name: string | null
  country: string | null
  admin1: string | null
  lat: number | null
  lon: number | null
  geonames_id: number | null
  precision: 'site' | 'town' | 'admin2' | 'admin1' | 'country' | null
}

export interface EventPlace extends Place { basis: 'clause' | 'sentence' | 'dateline' | 'story' | null }

export interface Size { min: number; max: number | null; text: string | null; begin: number; end: number; currency?: string }

export type EventType = 'AGREE' | 'CONSULT' | 'SUPPORT' | 'CONCEDE' | 'COOPERATE' | 'AID' | 'RETREAT' | 'REQUEST'
  | 'ACCUSE' | 'REJECT' | 'THREATEN' | 'PROTEST' | 'SANCTION' | 'MOBILIZE' | 'COERCE' | 'ASSAULT'

export interface Event {
  event_id: string
  story_id: string
  story_date: string | null
  story_title: string | null
  story_source: string | null
  story_url: string | null
  sentence: number
  text: string | null
  event_date: string | null
  event_date_end: string | null
  date_basis: string | null
  event_type: EventType
  event_mode: string | null
  contexts: string[]
  cameo: string | null
  quad: 1 | 2 | 3 | 4
  goldstein: number | null
  intensity: number | null
  actors: Actor[]
  recipients: Actor[]
  polarity: 'affirmed' | 'negated'
  status: 'actual' | 'intended' | 'conditional' | 'requested' | 'possible' | 'hypothetical'
  historical: boolean
  condition: { text: string | null; begin: number; end: number; event_id: string | null } | null
  attribution: Voice[]
  content_of: string | null
  contradicts: string[]
  locations: EventPlace[]
  size?: { [what in 'dead' | 'injured' | 'arrested' | 'abducted' | 'displaced' | 'participants' | 'money']?: Size }
  trigger: Words
  rule: string | null
  judge?: { score: number; rule_type: string | null }
  confidence?: number
}

type Span = [begin: number, end: number]

export interface Quote {
  story_id: string | null
  sentence: number
  source: Span | null
  cue: Span | null
  content: Span[]
  speaker: Actor | null
  kind: Kind
  direct: boolean | 'mixed'
}

export interface Time {
  text: string
  begin: number
  end: number
  kind: 'DATE' | 'TIME' | 'DURATION' | 'SET'
  value: string
  from?: string
  to?: string
}

export type Product = 'events' | 'quotes' | 'places' | 'times' | 'trees' | 'stories' | 'explanation'

/** A coder. Text is one story, in English; date its day, YYYY-MM-DD. All calls throw DragomanError. */
export interface Coder {
  readonly version: string
  /** Who did what to whom, in the order of the text. */
  code(text: string, date: string): Event[]
  /** Who says what. */
  quotes(text: string, date: string): Quote[]
  places(text: string, date: string): { id: string; places: Place[] }
  times(text: string, date: string): { id: string; times: Time[] }
  /** For a person: why the story is coded as it is. */
  explain(text: string, date?: string): string
  /** What the program `dragoman` writes of the story, byte for byte. */
  make(product: Product, text: string, date?: string): string
  close(): void
}

type Promised<T> = { [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : T[K] }

/** The same calls in a worker: each gives a promise. */
export interface WorkerCoder extends Omit<Promised<Coder>, 'close'> { close(): void }

/** Where a file is, or its bytes; by default those of this package. */
export type Source = string | URL | ArrayBuffer | ArrayBufferView

export interface Options {
  /** core.wasm */
  wasm?: Source
  /** english.pack: tables and model */
  data?: Source
  /** Browsers: called with the bytes of `data` that have come, and how many there are (0: unknown). */
  progress?: (n: number, all: number) => void
}

export function load(options?: Options): Promise<Coder>

/** Browsers only: worker is where worker.js is. */
export function loadInWorker(options?: Options & { worker?: string | URL }): Promise<WorkerCoder>

/** The words from `begin` to `end` (excluded), in code points. */
export function cut(text: string, begin: number, end: number): string

export class DragomanError extends Error {}
