import { DURATION_FORMS, parseDuration } from '../../../config/duration.ts'
import { parseHttpUrl } from '../../../config/url.ts'
import { isRaise } from '../../../config/gate.ts'
import type { EitherShape, ListShape, MapShape, NumberShape, ObjectShape, Shape, TextShape } from './shape.ts'

/** Makes the shapes that a preset's table is made of. */
export const text = (about: string, allowed = 'a text', more: Partial<TextShape> = {}): TextShape => ({
  kind: 'text',
  about,
  allowed,
  ...more,
})

/** One of a few words. */
export const word = (about: string, words: readonly string[]): TextShape =>
  text(about, words.join(', '), { words })

/** A name as k6 and file systems take it. */
export const name = (about: string): TextShape =>
  text(about, 'letters, digits, dash and underscore, at most 64', { pattern: '^[0-9A-Za-z_-]{1,64}$' })

/** A time with its unit: a number alone would be milliseconds, which nobody means. */
export const duration = (about: string): TextShape =>
  text(about, DURATION_FORMS, {
    pattern: '^(\\d+(\\.\\d+)?(ms|[dhms]))+$',
    holds: (value) => (parseDuration(value) ?? 0) > 0,
  })

/** The URL of a target. */
export const url = (about: string): TextShape =>
  text(about, 'an http or https URL without query, such as https://shop.example.com', {
    pattern: '^https?://[^\\s?#]+$',
    holds: (value) => parseHttpUrl(value) !== undefined,
  })

/** By how much a limit is raised. */
export const raise = (about: string): TextShape =>
  text(about, 'by how much the limit is raised: +15% or +1 points', {
    holds: (value) => isRaise(value) === undefined,
  })

export const number = (about: string, most?: number): NumberShape => ({
  kind: 'number',
  about,
  allowed: most === undefined ? 'a number above 0' : `a number above 0, at most ${most}`,
  ...(most === undefined ? {} : { most }),
})

export const whole = (about: string, most?: number): NumberShape => ({
  ...number(about, most),
  whole: true,
  allowed: most === undefined ? 'a whole number above 0' : `a whole number from 1 to ${most}`,
})

export const list = (about: string, of: Shape, allowed: string): ListShape => ({
  kind: 'list',
  about,
  of,
  allowed,
})

export const map = (about: string, of: Shape, allowed: string): MapShape => ({
  kind: 'map',
  about,
  of,
  allowed,
})

export const either = (about: string, allowed: string, ...of: readonly Shape[]): EitherShape => ({
  kind: 'either',
  about,
  allowed,
  of,
})

export const object = (
  about: string,
  keys: Readonly<Record<string, Shape>>,
  needed: readonly string[] = [],
  allowed = `an object with ${Object.keys(keys).join(', ')}`,
): ObjectShape => ({ kind: 'object', about, keys, needed, allowed })

/** One value, or a list of them. */
export const oneOrMore = (of: TextShape | NumberShape, allowed = of.allowed): EitherShape =>
  either(of.about ?? '', allowed, of, list(of.about ?? '', of, allowed))
