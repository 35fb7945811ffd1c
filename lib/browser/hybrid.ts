import { currentScenario } from '../currentScenario.ts'
import type { Shared } from '../deferred/index.ts'
import { errorNamed } from '../errors.ts'
import { suite } from '../suite.ts'
import type { Suite, SuiteDefinition } from '../suiteDefinition.ts'
import { driveBrowser, type PageSuite } from './suite.ts'

type Definition = SuiteDefinition<[], unknown>

/**
 * Puts a few users in a browser beside the load of another suite, as one suite with one verdict: both scenarios, metrics
 * and thresholds. `loadwright run --with-browser` makes such a suite. Throws UserError where both have a scenario of one
 * name.
 */
export const hybrid = (protocol: Suite, pages: PageSuite): Suite => {
  const { pageScenarios } = pages
  let known: unknown
  let parts: readonly [protocol: unknown, pages: unknown] = [undefined, undefined]
  const run = (shared?: unknown): unknown => {
    if (known !== shared) {
      known = shared
      parts = partsOf(shared as Shared | undefined)
    }
    return pageScenarios.includes(currentScenario().name) ? pages(parts[1]) : protocol(parts[0])
  }
  return Object.assign(run, __VU > 0 ? undefined : whole(protocol, pages))
}

/** What `setup` shared, for each suite with its own author's data. */
const partsOf = (shared: Shared | undefined): readonly [unknown, unknown] => {
  const [protocol, pages] = (shared?.data as readonly unknown[] | undefined) ?? []
  return [shared && { ...shared, data: protocol }, shared && { ...shared, data: pages }]
}

/** The suite of both, for VU 0, which alone has definitions. */
const whole = (protocol: Suite, pages: PageSuite): Suite => {
  const [one, other] = [protocol.definition as Definition, pages.definition as Definition]
  const twice = pages.pageScenarios.find((name) => name in one.scenarios)
  if (twice !== undefined)
    throw errorNamed(`two scenarios are named "${twice}", in ${one.name} and in ${other.name}: rename one`)
  const made = suite({
    name: `${one.name}-hybrid`,
    scenarios: { ...one.scenarios, ...other.scenarios },
    metrics: [...new Set([...(one.metrics ?? []), ...(other.metrics ?? [])])] as never,
    thresholds: bothThresholds(one.thresholds, other.thresholds),
    options: { ...other.options, ...one.options, systemTags: systemTags(one, other) } as never,
    setup: async () => [await one.setup?.(), await other.setup?.()],
    teardown: async (data) => {
      const [first, second] = (data as readonly unknown[] | undefined) ?? []
      await one.teardown?.(first)
      await other.teardown?.(second)
    },
  })
  driveBrowser(made, pages.pageScenarios)
  return made
}

/** Those of both; a suite of pages alone leaves out what the environment asks of requests, which there are now. */
const bothThresholds = (one: object = {}, other: object = {}): never => {
  const all: Record<string, readonly unknown[]> = { ...one }
  for (const [key, list] of Object.entries(other) as [string, readonly unknown[]][])
    if (list.length > 0) all[key] = [...new Set([...(all[key] ?? []), ...list])]
  return all as never
}

/** k6 names pages only where samples have the tag `url`. */
const systemTags = (one: Definition, other: Definition): readonly string[] => [
  ...new Set([...(one.options?.systemTags ?? []), ...(other.options?.systemTags ?? [])]),
]
