import type { Bound } from '../traffic/bind.ts'
import type { Exchange } from '../traffic/exchange.ts'
import type { Names } from '../traffic/names.ts'
import { extract } from './extract.ts'
import type { Mark, Marks } from './marks.ts'
import { replaceIn, replaceValue } from './replace.ts'
import type { Rule } from './rules.ts'

type CorrelationRule = Rule & { type: 'correlation' }

/** Applies rules that read values from answers. */
export interface Correlations {
  /** A request with the values of a rule in it; `found` is whether its answer gave one. */
  apply: (
    rule: CorrelationRule,
    recorded: Exchange,
    exchange: Exchange,
    at: number,
  ) => { exchange: Exchange; found: boolean }
  /** The values that requests use. */
  bound: () => Bound[]
}

/** Keeps what rules have read so far. */
export function correlations(marks: Marks, names: Names): Correlations {
  const all = new Map<Bound, Set<number>>()
  const current = new Map<Rule, Bound>()

  const replaced = (rule: CorrelationRule, url: string, exchange: Exchange, at: number): Exchange => {
    const known = current.get(rule)
    if (known === undefined || (rule.replacer !== undefined && !url.includes(rule.replacer.path)))
      return exchange
    const mark: Mark = { means: { bound: known }, number: false }
    const selector = rule.replacer?.selector
    if (selector === undefined) {
      const next = replaceValue(exchange, known.value, marks.textOf(mark))
      if (next !== undefined) all.get(known)?.add(at)
      return next ?? exchange
    }
    const next = replaceIn(exchange, selector, marks.textOf(mark))
    if (next === undefined) return exchange
    all.get(known)?.add(at)
    mark.number = next.number
    return next.exchange
  }

  return {
    apply(rule, recorded, exchange, at) {
      const next = replaced(rule, recorded.url, exchange, at)
      if (!recorded.url.includes(rule.path) || (current.has(rule) && rule.single))
        return { exchange: next, found: false }
      const value = extract(rule.extractor, recorded)
      if (value === undefined) return { exchange: next, found: false }
      const name = rule.name ?? value.name
      const own: Bound = {
        variable: names.give(name),
        name,
        value: value.value,
        evidence: 100,
        source: { at, reading: value.reading, name, weight: 5 },
        uses: [],
      }
      current.set(rule, own)
      all.set(own, new Set())
      return { exchange: next, found: true }
    },
    bound: () =>
      [...all].flatMap(([one, uses]): Bound[] =>
        uses.size === 0
          ? []
          : [{ ...one, uses: [...uses].map((at) => ({ at, where: 'body' as const, name: one.name })) }],
      ),
  }
}
