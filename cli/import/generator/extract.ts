import { parseJson } from '../../base/index.ts'
import { isRecord } from '../studio/raw.ts'
import type { Exchange } from '../traffic/exchange.ts'
import { titled } from '../traffic/headers.ts'
import { pathText } from '../traffic/jsonReading.ts'
import type { Reading } from '../traffic/source.ts'
import type { Selector } from './selector.ts'

/** A value that an answer has, and how it is read. */
export interface Extracted {
  value: string
  reading: Reading
  /** What the answer calls it. */
  name: string
}

/** Longer answers are not searched by patterns. */
const MAX_CHARACTERS = 2_000_000

/** What a selector finds in the answer of an exchange. */
export function extract(selector: Selector, { answer, url }: Exchange): Extracted | undefined {
  const text = answer?.text?.slice(0, MAX_CHARACTERS)
  const headers = answer?.headers ?? []
  switch (selector.by) {
    case 'json': {
      const value = leafAt(parseJson(answer?.text ?? ''), selector.path)
      if (typeof value !== 'string' && typeof value !== 'number') return undefined
      const number = typeof value === 'number'
      return found(
        String(value),
        { from: 'json', path: pathText(selector.path), number },
        selector.path.at(-1),
      )
    }
    case 'header': {
      const own = headers.find(([name]) => name.toLowerCase() === selector.name.toLowerCase())
      return own && found(own[1], { from: 'header', name: titled(own[0]) }, own[0])
    }
    case 'text':
      return undefined
    case 'pattern': {
      const { pattern, from } = selector
      const { source } = pattern
      if (from === 'url')
        return found(pattern.exec(answer?.url ?? url)?.[1], { from: 'url', pattern: source }, wordIn(source))
      if (from === 'body')
        return found(
          pattern.exec(text ?? '')?.[1],
          { from: 'text', pattern: source, index: 0 },
          wordIn(source),
        )
      for (const [name, value] of headers) {
        const own = pattern.exec(value)?.[1]
        const inside = { header: titled(name) }
        if (own !== undefined && own !== '')
          return found(own, { from: 'text', pattern: source, index: 0, inside }, wordIn(source) ?? name)
      }
      return undefined
    }
  }
}

const found = (
  value: string | undefined,
  reading: Reading,
  name: string | undefined,
): Extracted | undefined =>
  value === undefined || value === '' ? undefined : { value, reading, name: name ?? 'value' }

/** The last word in front of what a pattern looks for: `name="csrf" value="(.*?)"` is of `csrf`. */
const wordIn = (pattern: string): string | undefined =>
  pattern
    .split('(')[0]
    ?.match(/[A-Za-z_]\w*/g)
    ?.findLast((word) => !/^(?:value|content|name|input|type|hidden)$/i.test(word))

/** What JSON has at a path of its own names. */
export function leafAt(json: unknown, path: readonly string[]): unknown {
  let at = json
  for (const part of path) {
    if (Array.isArray(at)) at = (at as unknown[])[Number(part)]
    else if (isRecord(at) && Object.hasOwn(at, part)) at = at[part]
    else return undefined
  }
  return at
}
