import type { Note } from '../recording.ts'
import { textAt } from '../studio/raw.ts'
import { todoLines } from '../todo.ts'
import type { Expected } from '../traffic/checks.ts'
import type { Draft } from '../traffic/draft.ts'
import type { Exchange } from '../traffic/exchange.ts'
import type { Names } from '../traffic/names.ts'
import type { Ruled } from '../traffic/plan.ts'
import type { Constants } from './constants.ts'
import { correlations } from './correlations.ts'
import { marksOf } from './marks.ts'
import { parameterOf } from './parameter.ts'
import type { Pools } from './pools.ts'
import { replaceIn } from './replace.ts'
import type { Rule } from './rules.ts'
import { verified } from './verify.ts'

/** What rules take values from. */
export interface Stock {
  constants: Constants
  pools: Pools
}

/** Applies rules to requests, in the order in which k6 Studio does; what no rule could do is noted. */
export function applyRules(
  drafts: readonly Draft[],
  rules: readonly Rule[],
  { constants, pools }: Stock,
  names: Names,
  left: Note[],
): Omit<Ruled, 'secrets'> {
  const marks = marksOf()
  const matched = new Set<Rule>()
  const expected = new Map<number, (one: Expected) => Expected>()
  const comments = new Map<number, { before: string[]; after: string[] }>()
  const told = new Set<string>()
  const correlation = correlations(marks, names)

  const leave = (rule: Rule, text: string): void => {
    if (!told.has(rule.place + text)) left.push({ place: rule.place, text })
    told.add(rule.place + text)
  }
  const comment = (at: number, before: boolean, lines: readonly string[]): void => {
    const own = comments.get(at) ?? { before: [], after: [] }
    own[before ? 'before' : 'after'].push(...lines)
    comments.set(at, own)
  }
  const parameterized = (
    rule: Rule & { type: 'parameterization' },
    exchange: Exchange,
    at: number,
  ): Exchange => {
    const found = replaceIn(exchange, rule.selector, '')
    if (found === undefined) return exchange
    matched.add(rule)
    if (rule.value.type === 'customCode') {
      comment(
        at,
        true,
        todoLines(textAt(rule.value, 'code') ?? '', 'k6 Studio makes a value of this request by code'),
      )
      return exchange
    }
    const own = parameterOf(rule.value, constants, pools)
    if (typeof own === 'string') {
      leave(rule, own)
      return exchange
    }
    const text = 'text' in own ? own.text : marks.textOf({ means: own, number: found.number })
    return replaceIn(exchange, rule.selector, text)?.exchange ?? exchange
  }
  const expecting = (rule: Rule & { type: 'verification' }, exchange: Exchange, at: number): void => {
    matched.add(rule)
    const before = expected.get(at)
    expected.set(at, (one) => {
      const base = before?.(one) ?? one
      const more = verified(rule, base, exchange, constants.valueOf)
      if (typeof more !== 'string') return more
      leave(rule, more)
      return base
    })
  }

  const changed = drafts.map((draft, at) => {
    let { exchange } = draft
    for (const rule of rules)
      if (rule.type === 'correlation') {
        const next = correlation.apply(rule, draft.exchange, exchange, at)
        exchange = next.exchange
        if (next.found) matched.add(rule)
      } else if (!draft.exchange.url.includes(rule.path)) continue
      else if (rule.type === 'parameterization') exchange = parameterized(rule, exchange, at)
      else if (rule.type === 'verification') expecting(rule, draft.exchange, at)
      else if (!matched.has(rule)) {
        matched.add(rule)
        const which = rule.path === '' ? 'each request' : `each request with "${rule.path}" in its address`
        const what = `code of k6 Studio, ${rule.before ? 'before' : 'after'} ${which}, that is not rewritten`
        comment(at, rule.before, todoLines(rule.snippet, what))
      }
    return exchange === draft.exchange ? draft : marks.resolve(exchange, draft)
  })
  for (const rule of rules) if (!matched.has(rule)) leave(rule, 'nothing in the recording matches it')
  return { drafts: changed, bound: correlation.bound(), expected, comments }
}
