import { expressionOf, type Bound } from '../traffic/bind.ts'
import { draftOf, mapDraft, type Draft } from '../traffic/draft.ts'
import type { Exchange } from '../traffic/exchange.ts'
import { code, isKind, mixed, type Value } from '../traffic/value.ts'

/** What stands in a request until all rules were applied: what it means, and whether a number stood there. */
export interface Mark {
  means: { bound: Bound } | { value: Value }
  number: boolean
}

/** Marks in the texts of requests. */
export interface Marks {
  /** A text that stands for a mark; no recording has it. */
  textOf: (mark: Mark) => string
  /** The request of an exchange with what its marks mean in their place. */
  resolve: (exchange: Exchange, before: Draft) => Draft
}

const MARK = /zq9lw(\d+)wl9qz/
const WHOLE = new RegExp(`^${MARK.source}$`)

/** Keeps marks. */
export function marksOf(): Marks {
  const marks: Mark[] = []
  const part = (text: string, index: number): Value => {
    if (index % 2 === 0) return text
    const means = marks[Number(text)]?.means
    if (means === undefined) return ''
    return 'bound' in means ? code(means.bound.variable) : means.value
  }
  return {
    textOf: (mark) => `zq9lw${marks.push(mark) - 1}wl9qz`,
    resolve(exchange, before) {
      const draft = draftOf(exchange)
      if (draft === undefined) return before
      return mapDraft(draft, (where) => (value) => {
        const text = String(value)
        const only = marks[Number(WHOLE.exec(text)?.[1] ?? Number.NaN)]
        if (only !== undefined)
          return 'bound' in only.means
            ? expressionOf(only.means.bound, only.number ? 0 : '', where)
            : asNumber(only.means.value, only.number)
        const parts = text.split(MARK)
        return parts.length === 1 ? value : mixed(parts.map(part))
      })
    },
  }
}

const asNumber = (value: Value, number: boolean): Value =>
  number && isKind(value, 'code') ? code(`Number(${value.text})`) : value
