import { adequacyCells, ADEQUACY_HEADS, adequacyOf, productionText } from '../../record/index.ts'
import { alignTable, number, share, UserError } from '../../base/index.ts'
import { productionOf } from '../logs/convertLogs.ts'
import type { Traffic } from '../logs/readLogs.ts'
import type { Made } from '../made.ts'
import type { FoundSuite } from './findSuite.ts'
import { few, leftOf, lookAt } from './notes.ts'
import { journeysPlan, requestsOf } from './plan.ts'
import { routeName } from './routeFor.ts'
import { journeysSuite } from './suite.ts'

/** Makes a suite that runs the journeys of another one in the shares in which they explain production's requests. */
export function convertJourneys(traffic: Traffic, file: string, name: string, found: FoundSuite): Made {
  const { suite, browser, metrics, journeys } = found
  const plan = journeysPlan(traffic, journeys)
  if (plan.fitted.length === 0)
    throw new UserError(
      `${file} has no request of the journeys of suite ${suite}: they ask for ${few(asksOf(found))}; the log has ${few(traffic.routes.map(routeName))}`,
    )
  const rate = rounded(plan.iterations / traffic.seconds, 1000)
  const shares = plan.fitted
    .filter((one) => one.share > 0)
    .map((one) => ({ ...one, share: rounded(one.share, 10_000) }))
    .sort((a, b) => b.share - a.share || (a.journey.name < b.journey.name ? -1 : 1))
  const production = productionOf(traffic, file, plan.mix)
  const mean = requestsOf(plan) / traffic.seconds
  const adequacy = adequacyOf(production, {
    planned: true,
    counts: plan.expected,
    mean,
    busiest: Math.max(...production.pattern.map(({ times }) => times)) * mean,
    pools: new Map(),
  })
  const used = new Set(shares.map(({ journey }) => journey.from))
  return {
    kind: traffic.kind,
    name,
    text: journeysSuite({
      kind: `${traffic.kind}, by the journeys of suite ${suite}`,
      file,
      name,
      journeys: shares.map(({ journey, share: own }) => ({
        variable: journey.variable,
        from: found.importedAs(journey.from),
        share: own,
      })),
      metrics: metrics
        .filter(({ from }) => used.has(from))
        .map(({ variable, from }) => ({ variable, from: found.importedAs(from) })),
      rate,
      browser,
    }),
    files: [{ name: `${name}.traffic.json`, text: productionText(production) }],
    counts: { journeys: shares.length, requests: plan.expected.size },
    steps: [],
    read: [],
    base: undefined,
    secrets: [],
    left: leftOf(traffic, plan, found),
    look: lookAt(traffic, plan, journeys),
    tables: [
      {
        title: `Shares of ${number(rate)} iterations per second`,
        lines: alignTable(shares.map(({ journey, share: own }) => [journey.name, share(own)])),
      },
      {
        title: 'Adequacy, if it is run by --profile replay',
        lines: [
          ...alignTable([[...ADEQUACY_HEADS], ...adequacyCells(adequacy).map(({ cells }) => cells)]),
          adequacy.sentence,
        ],
      },
    ],
  }
}

const asksOf = ({ journeys }: FoundSuite): string[] => [
  ...new Set(journeys.flatMap(({ requests }) => requests.map(({ name }) => name))),
]

const rounded = (value: number, parts: number): number => Math.max(1, Math.round(value * parts)) / parts
