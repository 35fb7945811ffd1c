import type { Evidence, FactorFinding } from './evidence.ts'
import {
  coldFactor,
  originFactor,
  phaseFactor,
  placeFactor,
  placeText,
  sharedPlace,
  vuFactor,
} from './places.ts'
import { failuresIn } from './failuresIn.ts'
import { rowFactor, rowHint } from './rows.ts'
import { deadFactor, timeFactor } from './times.ts'
import type { FailureGroup, Weighted } from './weigh.ts'
import type { FailureCluster } from '../../record/index.ts'

/** Clusters with an explanation where they have one of their own, and the sentences of the run, each said once. */
export interface Explained {
  clusters: FailureCluster[]
  explanations: string[]
}

type Factor = (events: readonly Weighted[], evidence: Evidence) => FactorFinding | undefined

/** The most specific first: what is explained by one is not explained by those after it. */
const FACTORS: readonly Factor[] = [
  ...[deadFactor, originFactor, rowFactor, vuFactor, coldFactor, timeFactor, phaseFactor],
]

/** What is said where nothing better can be: rows that may be a coincidence, and where it was. */
const WEAK: readonly Factor[] = [rowHint, placeFactor]

/** Clusters that sentences are looked for at most, the most frequent ones. */
const MAX_EXPLAINED = 10

/**
 * Looks for the one factor that explains at least 90 % of all failures, and else of each cluster's: data rows, time or
 * rate, a target that died, the tunnel, one VU, one phase, one place. No factor, no sentence.
 */
export function explain(groups: readonly FailureGroup[], evidence: Evidence): Explained {
  const together = groups.flatMap(({ events }) => events)
  const shared = groups.length > 1 ? findingOf(FACTORS, together, evidence) : undefined
  const said = new Set(shared ? [keyOf(shared)] : [])
  const explanations = shared ? [sentence(shared, groups)] : []
  const clusters = groups.map((group, index) => {
    const { cluster, events } = group
    if (index >= MAX_EXPLAINED || cluster.count < 2) return cluster
    const finding = findingOf(FACTORS, events, evidence)
    if (!finding || finding.factor === shared?.factor || said.has(keyOf(finding))) return cluster
    // What its rows explain needs no time of its own.
    if (shared?.factor === 'rows' && finding.factor === 'time') return cluster
    said.add(keyOf(finding))
    const explanation = sentence(finding, [group], groups.length === 1)
    explanations.push(groups.length > 1 ? `${placeOf(cluster)}: ${explanation}` : explanation)
    return { ...cluster, explanation }
  })
  if (explanations.length === 0) {
    // Of a single cluster its own line says the place.
    const weak = findingOf(groups.length > 1 ? WEAK : [rowHint], together, evidence)
    if (weak) explanations.push(sentence(weak, groups))
  }
  return { clusters, explanations }
}

const keyOf = ({ factor, key }: FactorFinding): string => `${factor} ${key}`

function findingOf(factors: readonly Factor[], events: readonly Weighted[], evidence: Evidence) {
  for (const factor of factors) {
    const finding = events.length > 1 ? factor(events, evidence) : undefined
    if (finding) return finding
  }
  return undefined
}

/** `all 348 failures carry …`, `all 6 failures are at checkout › place order, from 00:00:10 on, …`. */
function sentence(
  { share, says, when }: FactorFinding,
  groups: readonly FailureGroup[],
  withPlace = true,
): string {
  const { count, exact } = failuresIn(groups)
  const some = exact ? `${count}` : `${count} or more`
  if (share <= 0.9995) return `${Math.floor(share * 100)} % of ${some} failures ${says}`
  const place =
    when !== undefined && withPlace && placeText(sharedPlace(groups.flatMap(({ events }) => events)))
  return `all ${some} failures ${place ? `are ${place}, ${when}` : says}`
}

const placeOf = ({ journey, step, what }: FailureCluster): string =>
  [journey, step, what].filter((part) => part !== undefined).join(' › ')
