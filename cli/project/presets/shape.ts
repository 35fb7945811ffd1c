/** What a value of a preset may be. The reader and the JSON Schema for editors are both made of it. */
export type Shape =
  TextShape | NumberShape | BooleanShape | ListShape | ObjectShape | MapShape | EitherShape | JsonShape

interface Described {
  /** What it is for, as an editor shows it. */
  readonly about?: string
  /** What is allowed, in words, for messages. */
  readonly allowed: string
}

/** A text. What YAML takes for a number or for true is a text as it was written. */
export interface TextShape extends Described {
  readonly kind: 'text'
  /** The only words that it may be. */
  readonly words?: readonly string[]
  /** A regular expression of the whole text. */
  readonly pattern?: string
  /** What a pattern cannot say; an editor does not know it. */
  readonly holds?: (text: string) => boolean
}

/** A number above 0. */
export interface NumberShape extends Described {
  readonly kind: 'number'
  readonly whole?: true
  readonly most?: number
}

/** `true` or `false`. */
export interface BooleanShape extends Described {
  readonly kind: 'boolean'
}

/** A list of values of one shape, one at least. */
export interface ListShape extends Described {
  readonly kind: 'list'
  readonly of: Shape
}

/** An object with these keys. */
export interface ObjectShape extends Described {
  readonly kind: 'object'
  readonly keys: Readonly<Record<string, Shape>>
  readonly needed?: readonly string[]
}

/** An object with keys of the author's own. */
export interface MapShape extends Described {
  readonly kind: 'map'
  readonly of: Shape
}

/** One of several shapes: of those for a single value, a list and an object the one that was written. */
export interface EitherShape extends Described {
  readonly kind: 'either'
  readonly of: readonly Shape[]
}

/** Any JSON. */
export interface JsonShape extends Described {
  readonly kind: 'json'
}
