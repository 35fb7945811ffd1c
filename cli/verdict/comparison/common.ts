import type { Figure } from './figures.ts'
import { median } from '../statistics/robust.ts'

/** Other places of which what a run's places have in common is taken, at least. A region stands beside any other. */
const LEAST_OTHERS = 3
const LEAST_REGIONS = 1

/** By how much the times of other places of the same run lie beside the baseline's, as logarithms. */
export interface Common {
  /** Of each run of the baseline that has the row. */
  readonly base: readonly number[]
  readonly candidate: number
}

/** The figures of one run by what they are of. */
type Figures = ReadonlyMap<string, Figure>

/** A figure of a step, of a request of a plain script, the parts that a service answers, or of a region. */
const isPart = ({ step, request, region, metric }: Figure['subject']): boolean =>
  (step !== undefined && metric === 'group_duration') || request !== undefined || region !== undefined

const hasEnough = (figure: Figure | undefined): figure is Figure =>
  figure !== undefined && figure.samples >= figure.needed && figure.value > 0

/**
 * What the places of a run have in common: a slow machine moves all of them, one slow service moves one. For a time it is
 * the median of how far the others of the same phase and quantile lie from their own median over the baseline, so that
 * neither the place itself nor a few that changed move it. Regions have one another alone. Undefined for what is no time, or has too few others.
 */
export function commonShifts(
  base: readonly Figures[],
  candidate: Figures,
): (key: string) => Common | undefined {
  const peers = new Map<string, { key: string; base: number[]; candidate: number }[]>()
  for (const [key, own] of candidate) {
    const { subject } = own
    const before = base.map((run) => run.get(key))
    if (!isPart(subject) || subject.unit !== 'ms' || !hasEnough(own) || !before.every(hasEnough)) continue
    const logs = before.map(({ value }) => Math.log(value))
    const middle = median(logs)
    const moved = { key, base: logs.map((log) => log - middle), candidate: Math.log(own.value) - middle }
    peers.set(kindOf(subject), [...(peers.get(kindOf(subject)) ?? []), moved])
  }
  return (key) => {
    const subject = candidate.get(key)?.subject
    if (subject?.unit !== 'ms') return undefined
    const others = (peers.get(kindOf(subject)) ?? []).filter((one) => one.key !== key)
    if (others.length < (subject.region === undefined ? LEAST_OTHERS : LEAST_REGIONS)) return undefined
    return {
      base: base.flatMap((run, at) => (run.has(key) ? [median(others.map((one) => one.base[at] ?? 0))] : [])),
      candidate: median(others.map((one) => one.candidate)),
    }
  }
}

const kindOf = ({ phase, quantity, region }: Figure['subject']): string =>
  JSON.stringify([phase, quantity, region !== undefined])
