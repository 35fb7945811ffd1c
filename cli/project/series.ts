import { decodePhases } from '../../config/workload/phases.ts'
import { PHASES_VARIABLE } from '../../config/workload/phasesVariable.ts'
import type { Evaluated } from '../../testing/evaluate.ts'
import { ITERATIONS, REQUESTS, QUIET, type SuiteOptions } from '../record/index.ts'

/** How many series a run would have, as k6 would push them and the recorder takes them in. */
export interface SeriesEstimate {
  /** Number of series in the complete run. */
  series: number
  /** Of the phase with the most; all of them where there are no phases. */
  perPhase: number
  /** The phases' names, in the order in which they come. */
  phases: readonly string[]
  /** By metric, most first. */
  metrics: readonly { metric: string; series: number }[]
}

/** Series that a suite should stay under, of a phase and of a run: a few hundred are quick to query, and cheap to keep. */
export const SERIES_BUDGET = { phase: 200, run: 800 } as const

/** Iterations walked for each scenario: enough to meet what one in fifteen does. */
const WALKED_ITERATIONS = 60
const [CONNECTING = '', HANDSHAKING = ''] = QUIET

interface Seen {
  readonly metric: string
  readonly tags: Readonly<Record<string, string>>
}

/**
 * Counts the series of a run before it: each scenario is walked without a target, which answers 200 to everything, and
 * what it does in one phase it does in all of them. A target that answers with other statuses, and failures, add to it.
 */
export async function estimateSeriesOf(evaluated: Evaluated, target?: string): Promise<SeriesEstimate> {
  const { scenarios } = evaluated.exports.options as SuiteOptions
  const isSecure = target?.startsWith('https:') ?? false
  const all = new Map<string, Seen>()
  const add = (seen: Seen): void => void all.set(keyOf(seen), seen)
  const names = new Set<string>()
  for (const metric of ['vus', 'vus_max']) add({ metric, tags: {} })
  for (const [name, { executor, env = {}, tags = {} }] of Object.entries(scenarios)) {
    const phases = [...new Set(decodePhases(env[PHASES_VARIABLE]).map((phase) => phase.name))]
    const { samples } = await evaluated.iterate({
      scenario: { name, executor, env, tags },
      iterations: WALKED_ITERATIONS,
      onError: 'record',
      seed: 1,
    })
    for (const one of pushed(samples, isSecure))
      for (const tags of inPhases(one.tags, phases)) add({ ...one, tags })
    for (const phase of phases) names.add(phase)
  }
  const { samples } = await evaluated.setup({ onError: 'record' })
  for (const one of pushed(samples, isSecure)) add(one)
  for (const group of ['::setup', '::teardown']) for (const metric of DATA) add({ metric, tags: { group } })
  return counted([...all.values()], [...names])
}

const DATA = ['data_sent', 'data_received']

/** What k6 itself pushes of samples: an iteration's data too, and a connection's times only where one was opened. */
function* pushed(samples: readonly Seen[], isSecure: boolean): Generator<Seen> {
  let isOpen = false
  for (const { metric, tags } of samples) {
    if (metric === CONNECTING || metric === HANDSHAKING) {
      if (!isOpen && (metric === CONNECTING || isSecure)) yield { metric, tags }
      continue
    }
    if (metric === REQUESTS.failedShare) isOpen = true
    if (metric === ITERATIONS.all.metric) {
      isOpen = false
      for (const each of DATA) yield { metric: each, tags }
    }
    yield { metric, tags }
  }
}

function inPhases(tags: Seen['tags'], phases: readonly string[]): Seen['tags'][] {
  return tags.phase === undefined || phases.length === 0
    ? [tags]
    : phases.map((phase) => ({ ...tags, phase }))
}

function counted(all: readonly Seen[], phases: readonly string[]): SeriesEstimate {
  const by = (of: (seen: Seen) => string | undefined): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const each of all) {
      const key = of(each)
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return counts
  }
  const ofPhases = by(({ tags }) => tags.phase)
  return {
    series: all.length,
    perPhase: ofPhases.size > 0 ? Math.max(...ofPhases.values()) : all.length,
    phases,
    metrics: [...by(({ metric }) => metric)]
      .map(([metric, series]) => ({ metric, series }))
      .sort((a, b) => b.series - a.series || (a.metric < b.metric ? -1 : 1)),
  }
}

const keyOf = ({ metric, tags }: Seen): string => JSON.stringify([metric, Object.entries(tags).sort()])
