import { quoted } from '../../../project/index.ts'
import { variableFor } from '../../variableFor.ts'
import { isSecretName } from '../../secrets/secretName.ts'
import { call, raw, type Node } from '../../write/node.ts'
import { freeName } from '../freeName.ts'
import type { Plan, Planned, PlannedParameter } from '../plan.ts'
import { knownOf } from '../write/examples.ts'
import type { Literals } from '../write/literal.ts'
import { feedOf, type Feed } from './feeds.ts'
import { valueWords } from './valueWords.ts'
import { poolOf, type Pool } from './pool.ts'

/** An operation that is tried once, and what it is given. */
export interface Try {
  operation: Planned
  given: readonly (readonly [key: string, value: Node])[]
  /** What its answer feeds, with the variable that holds it. */
  feeds: (Feed & { variable: string }) | undefined
  /** What is tried only where it has fed them. */
  within: Try[]
}

/** What a smoke test tries, and what it does not. */
export interface Tries {
  first: readonly Try[]
  pool: Pool
  secrets: readonly string[]
  /** Operations that cannot be tried, with the reason. */
  left: readonly { operation: Planned; why: string }[]
}

/** How each of the operations is tried: those that others depend on come first. */
export function triesOf(
  chosen: readonly Planned[],
  plan: Plan,
  literals: Literals,
  taken: Set<string>,
): Tries {
  const tried = new Set(chosen)
  const first: Try[] = []
  const left: { operation: Planned; why: string }[] = []
  const placed = new Map<Planned, { own: Try; above: Try | undefined } | undefined>()
  const pool = poolOf(plan, taken)
  const secrets = new Set<string>()

  /** The variable that a feed is held by; undefined where its operation feeds something else, or is not tried from `above` on. */
  const fed = (feed: Feed, operation: Planned, above: Try | undefined): Try | undefined => {
    if (!tried.has(feed.from)) return undefined
    const from = place(feed.from)
    if (from === undefined || (above !== undefined && !isWithin(from.own, above))) return undefined
    from.own.feeds ??= { ...feed, variable: freeName(valueWords(operation, feed.parameter), taken) }
    return from.own.feeds.selector === feed.selector ? from.own : undefined
  }
  const isWithin = (one: Try, above: Try): boolean => {
    const outer = placed.get(one.operation)?.above
    return outer === above || (outer !== undefined && isWithin(outer, above))
  }

  const place = (operation: Planned): { own: Try; above: Try | undefined } | undefined => {
    if (placed.has(operation)) return placed.get(operation)
    let above: Try | undefined
    // What only a try needs is made where nothing is lacking.
    const given: [string, () => Node][] = []
    let lacks: string | undefined
    for (const parameter of operation.parameters.filter(({ required }) => required)) {
      const feed = feedOf(operation, parameter, plan)
      const from = feed && fed(feed, operation, above)
      const variable = from?.feeds?.variable
      const value = variable === undefined ? valueOf(operation, parameter) : () => raw(variable)
      above = from ?? above
      if (value === undefined) lacks ??= parameter.name
      else given.push([parameter.key, value])
    }
    if (lacks !== undefined) {
      left.push({ operation, why: `nothing is known of its parameter ${lacks}` })
      placed.set(operation, undefined)
      return undefined
    }
    const own: Try = {
      operation,
      given: given.map(([key, value]) => [key, value()]),
      feeds: undefined,
      within: [],
    }
    ;(above?.within ?? first).push(own)
    placed.set(operation, { own, above })
    return { own, above }
  }

  const valueOf = (operation: Planned, parameter: PlannedParameter): (() => Node) | undefined => {
    const { name, type } = parameter
    const known = knownOf(parameter, plan)
    if (known !== undefined) return () => literals.node(known, name)
    const isNumber = type.kind === 'raw' && type.text === 'number'
    if (isSecretName(name) && (isNumber || (type.kind === 'raw' && type.text === 'string')))
      return () => {
        const variable = variableFor(name, new Set())
        secrets.add(variable)
        const read = raw(`secret(${quoted(variable)})`)
        return isNumber ? call('Number', read) : read
      }
    const read = pool.value(operation, parameter)
    return read && (() => raw(read()))
  }

  for (const operation of chosen) place(operation)
  for (const held of placed.values()) if (held?.own.within.length === 0) held.own.feeds = undefined
  return { first, pool, left, secrets: [...new Set([...secrets, ...literals.secrets()])].toSorted() }
}
