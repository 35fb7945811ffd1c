/** A value of a recording that is written into the source as it was: as JSON, or one of the forms below. */
export type Literal = string | number | boolean | null | Pattern | Fields | Mixed | readonly Literal[]

/** A regular expression. */
export interface Pattern {
  type: 'pattern'
  source: string
  flags: string
}

/** An object. */
export interface Fields {
  type: 'fields'
  fields: readonly (readonly [name: string, value: Literal])[]
}

/** A text of which parts are secrets, each by the name of the variable that holds it. */
export interface Mixed {
  type: 'mixed'
  parts: readonly (string | { secret: string })[]
}

/** One call of a chain that finds an element: `getByRole('button', { name: 'Buy' })`. */
export interface Call {
  method: string
  given: readonly Literal[]
}

/** What an expectation says of an element, by the name of its check in `loadwright/browser`. */
export type Matcher = 'visible' | 'hidden' | 'containsText' | 'hasText' | 'hasValue' | 'checked'

/** What a person did, or expected to see. */
export type Deed =
  | { type: 'goto'; url: Literal }
  | { type: 'page'; method: 'reload' | 'goBack' | 'goForward' }
  | { type: 'act'; target: readonly Call[]; method: string; given: readonly Literal[] }
  | { type: 'expect'; target: readonly Call[]; matcher: Matcher; given: readonly Literal[] }
  | { type: 'title'; title: Literal }
  | { type: 'url'; url: Literal }
  | { type: 'pause'; milliseconds: number }
  | { type: 'left'; why: string }

/** One deed, and where in the file it was. */
export interface Action {
  /** `line 12`, `action 3`. */
  place: string
  /** The variable of the page (tab) that it happened on; `page` is the first. */
  page: string
  deed: Deed
  /** The step that its author put it in. */
  step?: string
  /** Whether the page was left for another one by it. */
  navigates?: boolean
  /** The variable of the page that it opened. */
  opens?: string
  /** What else is known of its element: other ways to find it, its type. */
  hints?: string
}

/** What was recorded as one journey. */
export interface RecordedJourney {
  /** As its author named it; undefined where nobody did. */
  title?: string
  actions: readonly Action[]
  /** Whether the page showed boxes (alert, confirm, prompt). */
  dialogs?: boolean
  /** Options of the browser's context: size, language. */
  context?: Fields
}

/** What was left out of a file, or changed, and why. */
export interface Note {
  place?: string
  text: string
}

/** What a file holds, whatever its format. */
export interface Recording {
  /** What the file is, in words. */
  kind: string
  journeys: readonly RecordedJourney[]
  /** Virtual users that the file asks for. */
  vus?: number
  /** Thresholds that the file has, by the key that k6 knows them by. */
  thresholds?: Readonly<Record<string, readonly string[]>>
  left: readonly Note[]
}
