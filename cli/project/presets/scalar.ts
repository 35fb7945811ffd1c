import { Scalar } from 'yaml'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { unknownWord } from '../../../config/problem/nearest.ts'
import type { BooleanShape, NumberShape, TextShape } from './shape.ts'

/** A value that was read, or what is wrong with it. */
export type Read = { readonly value: unknown } | { readonly wrong: Omit<Problem, 'where'> }

/** Shapes of a single value. */
export type ScalarShape = TextShape | NumberShape | BooleanShape

/** A single value as its author wrote it. */
export const writtenOf = ({ source, value }: Scalar): string => source ?? String(value)

/** Reads a single value by its shape. */
export function readScalar(scalar: Scalar, shape: ScalarShape): Read {
  if (scalar.value === null || writtenOf(scalar) === '')
    return { wrong: { got: 'nothing', allowed: shape.allowed } }
  if (shape.kind === 'text') return readText(scalar, shape)
  if (shape.kind === 'number') return readNumber(scalar, shape)
  return typeof scalar.value === 'boolean' ? { value: scalar.value } : refused(scalar, shape.allowed)
}

function readText(scalar: Scalar, { words, pattern, holds, allowed }: TextShape): Read {
  const value = typeof scalar.value === 'string' ? scalar.value : writtenOf(scalar)
  const cut = cutOff(scalar)
  if (cut) return { wrong: cut }
  if (words && !words.includes(value)) {
    const { got, allowed, fix } = unknownWord('', value, words)
    return { wrong: { got, allowed, ...(fix === undefined ? {} : { fix }) } }
  }
  const isWell = (pattern === undefined || new RegExp(pattern).test(value)) && (holds?.(value) ?? true)
  return isWell ? { value } : refused(scalar, allowed)
}

/** What `contains: Order #1` loses: YAML takes a word after ` #` for a comment. */
function cutOff({ type, comment, source = '' }: Scalar): Omit<Problem, 'where'> | undefined {
  if (type !== Scalar.PLAIN || typeof comment !== 'string' || !/^\S/.test(comment)) return undefined
  return {
    got: `${quote(source)} and a comment ${quote(`#${comment}`)}`,
    allowed: 'a text with " #" in quotes, or a comment with a space after #',
  }
}

function readNumber(scalar: Scalar, { whole, most = Infinity, allowed }: NumberShape): Read {
  const { value } = scalar
  const odd = oddNumber(scalar)
  if (odd) return { wrong: odd }
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return refused(scalar, allowed, 'Write it without quotes.')
  const isWell =
    typeof value === 'number' &&
    value > 0 &&
    value <= most &&
    value < Infinity &&
    (!whole || Number.isSafeInteger(value))
  return isWell ? { value } : refused(scalar, allowed)
}

/** A number that YAML reads otherwise than it looks, or that JSON cannot have. */
export function oddNumber(scalar: Scalar): Omit<Problem, 'where'> | undefined {
  const { value } = scalar
  if (typeof value !== 'number') return undefined
  const written = writtenOf(scalar)
  if (/^[-+]?0\d/.test(written))
    return odd(written, `which YAML reads as ${value}`, `${value}, or '${written}' in quotes for a text`)
  if (/^[-+]?0[ox]/i.test(written))
    return odd(written, `which YAML reads as ${value}`, `${value}, or '${written}' in quotes for a text`)
  if (!Number.isFinite(value)) return odd(written, 'which is no number of JSON', 'a number')
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.e]/i.test(written))
    return odd(
      written,
      `which becomes ${value}`,
      `'${written}' in quotes, or a number up to ${Number.MAX_SAFE_INTEGER}`,
    )
  return undefined
}

const odd = (written: string, why: string, allowed: string) => ({ got: `${written}, ${why}`, allowed })

const refused = (scalar: Scalar, allowed: string, fix?: string): Read => ({
  wrong: {
    got: quote(typeof scalar.value === 'string' ? scalar.value : writtenOf(scalar)),
    allowed,
    ...(fix === undefined ? {} : { fix }),
  },
})
