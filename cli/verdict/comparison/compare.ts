import type { MeasuredRun } from '../../record/index.ts'
import { aboutRuns, busierOf } from './aboutRuns.ts'
import { betterOf } from './better.ts'
import { heldBeside, isBesideNone, othersIn, type OtherRegions } from './besideRegions.ts'
import { commonShifts, type Common } from './common.ts'
import { differencesOf, type Difference } from './differences.ts'
import { expectedOf } from './expected.ts'
import { figuresOfRun, isSilent, type Figure } from './figures.ts'
import { heldValue, type Held } from './held.ts'
import { heldDifference } from './heldDifference.ts'
import { heldShare } from './heldShare.ts'
import { holm } from '../statistics/holm.ts'
import type { LeftOut } from './leftOut.ts'
import { LIMITS } from './limits.ts'
import { refusePhases } from './phases.ts'
import type { Row, RowSubject, RowVerdict } from './row.ts'
import { noiseOfAlike, type NoiseOfAlike } from './rowsAlike.ts'
import { judgeRow } from './rules.ts'
import { sortedRows, summaryOf } from './summary.ts'
import { viewsOf } from './views.ts'
import { rowName } from './words.ts'

/** The version of a comparison's shape as JSON. */
export const COMPARISON_SCHEMA = 1

/** A run held against a baseline: what differs first, then a row for each figure, those that matter most first. */
export interface Comparison {
  readonly schema: typeof COMPARISON_SCHEMA
  readonly verdict: RowVerdict
  /** The answer in a sentence. */
  readonly text: string
  readonly base: { readonly name: string; readonly runs: readonly string[] }
  readonly candidate: Pick<MeasuredRun, 'id' | 'startedAt' | 'verdict'>
  readonly differences: readonly Difference[]
  readonly rows: readonly Row[]
  /** Runs that would be in the base, if all of them were there; absent where there are none. */
  readonly unmeasured?: readonly LeftOut[]
  /** Places of a metric that are not compared, by the metric, since there are too many; absent where there are none. */
  readonly cut?: Readonly<Record<string, number>>
}

/** A row before it is judged among all others. */
interface Proposed {
  readonly subject: RowSubject
  readonly judged: boolean
  readonly base: readonly Figure[]
  readonly candidate: Figure | undefined
  /** What the places of each run have in common. */
  readonly common: Common | undefined
  /** The other regions, of the failures of one. */
  readonly others: OtherRegions | undefined
  readonly held: Held | undefined
}

/**
 * Compares a run with the runs of a baseline, one or more. The run is the unit of replication: of each figure the
 * baseline's median and its noise from run to run are held against the candidate's. Throws UserError where only one side
 * has phases.
 */
export function compareRuns(base: readonly MeasuredRun[], candidate: MeasuredRun, name: string): Comparison {
  refusePhases(base, candidate)
  const proposed = proposedRows(base, candidate)
  const significant = significantRows(proposed)
  const about = aboutRuns(base, candidate)
  const namer = namerOf(proposed, candidate)
  const rows = proposed.map((row, index): Row => {
    const { subject, judged, base: figures, candidate: figure, held } = row
    // Each by its name, since an object that begins as a copy is many times as slow to fill.
    const { verdict, reason } = judgeRow({
      differing: about.differing,
      isInvalid: about.isInvalid,
      unit: subject.unit,
      inBase: figures.length > 0,
      inCandidate: figure !== undefined,
      comparable: figures.length,
      runs: countedIn(figures).length,
      samples: figure?.samples ?? 0,
      needed: figure?.needed ?? 0,
      expected: expectedOf(subject, figures, {
        runs: base.length,
        needed: LIMITS.runs,
        samples: figure?.samples ?? 0,
      }),
      base: held?.base ?? 0,
      change: held?.change ?? 0,
      limit: held?.limit ?? Infinity,
      isOutside: held?.isOutside ?? false,
      detectable: held?.detectable ?? 0,
      isBesideNone: figure !== undefined && isBesideNone(row),
      isUnscaled: held?.isUnscaled ?? false,
      tolerable: held?.tolerable ?? 0,
      isSignificant: significant.found.has(index),
      rows: significant.of,
      busier: busierOf(about, subject, held),
      failures: failuresOf(figures, figure),
      burst: held?.isBurst === true ? (figure?.proportion ?? {}) : undefined,
      better: betterOf(subject, candidate),
    })
    const isKnown = countedIn(figures).length >= LIMITS.runs
    return {
      ...subject,
      name: namer(subject),
      judged,
      verdict,
      reason,
      runs: countedIn(figures).length,
      samples: figure?.samples ?? 0,
      isCounted: countedIn(figures).length > 0 && figure !== undefined && countedIn([figure]).length > 0,
      ...(figure ? { candidate: figure.value } : {}),
      ...(held ? { base: held.base, change: held.change } : {}),
      ...(held && isKnown ? { noise: held.noise, limit: held.limit, detectable: held.detectable } : {}),
      ...(held?.interval ? { interval: held.interval } : {}),
    }
  })
  const { id, startedAt, verdict } = candidate
  return {
    schema: COMPARISON_SCHEMA,
    ...summaryOf(rows),
    base: { name, runs: base.map((run) => run.id) },
    candidate: { id, startedAt, verdict },
    differences: differencesOf(base, candidate),
    rows: sortedRows(rows),
  }
}

function proposedRows(base: readonly MeasuredRun[], candidate: MeasuredRun): Proposed[] {
  const runs = base.map(figuresOfRun)
  const own = figuresOfRun(candidate)
  const common = commonShifts(runs, own)
  const keys = [...new Set([own, ...runs].flatMap((figures) => [...figures.keys()]))]
  const judged = [...candidate.judgedPhases, '']
  const rows = keys.flatMap((key) => {
    const figures = runs.flatMap((run) => run.get(key) ?? [])
    const figure = own.get(key)
    const subject = (figure ?? figures[0])?.subject
    return subject === undefined || isSilent(figure ? [...figures, figure] : figures)
      ? []
      : [
          {
            subject,
            base: figures,
            candidate: figure,
            common: common(key),
            others: othersIn(runs, own, subject),
            judged: judged.includes(subject.phase),
          },
        ]
  })
  const told = rows.filter(isJudgeable)
  const alike = noiseOfAlike(
    told.flatMap((row) => {
      const { candidate: figure, subject } = row
      const { figures, common: shift } = countedOf(row)
      return figure ? [{ subject, views: viewsOf(figures, figure, shift) }] : []
    }),
  )
  return rows.map((row) => ({ ...row, held: heldOf(row, alike, told.length) }))
}

/** Whether a row is one of those that are judged together: judged, with runs and samples enough. */
const isJudgeable = ({ judged, base, candidate, ...row }: Omit<Proposed, 'held'>): boolean =>
  judged &&
  countedIn(base).length >= LIMITS.runs &&
  candidate !== undefined &&
  countedIn([candidate]).length > 0 &&
  !isBesideNone(row)

/** Runs whose figure has samples enough to say something. */
const countedIn = (figures: readonly Figure[]): readonly Figure[] => figures.filter(isCounted)

const isCounted = ({ samples, needed }: Figure): boolean => samples >= needed

/** The figures of a baseline that have samples enough, with what is common to their runs; all where none has. */
function countedOf({ base, common }: Omit<Proposed, 'held'>): {
  figures: readonly Figure[]
  common: Common | undefined
} {
  const counted = countedIn(base)
  if (counted.length === 0) return { figures: base, common }
  return {
    figures: counted,
    common: common && {
      ...common,
      base: common.base.filter((_, at) => base.slice(at, at + 1).some(isCounted)),
    },
  }
}

function heldOf(row: Omit<Proposed, 'held'>, alike: NoiseOfAlike, rows: number): Held | undefined {
  const { subject, candidate, others } = row
  const { figures, common } = countedOf(row)
  if (figures.length === 0 || candidate === undefined) return undefined
  if (candidate.proportion) {
    const before = figures.flatMap(({ proportion }) => proportion ?? [])
    return others
      ? heldBeside([before, candidate.proportion], others)
      : heldShare(before, candidate.proportion)
  }
  const { whole, beside } = viewsOf(figures, candidate, common)
  if (![...whole.base, whole.candidate].every((value) => value > 0))
    return heldDifference(figures, candidate, rows)
  return heldValue(
    { ...whole, alike: alike(subject, 'whole') },
    { beside: beside && { ...beside, alike: alike(subject, 'beside') }, subject, rows },
  )
}

/** Which rows are moved by more than chance, all judged ones that can be told considered; and how many those are. */
function significantRows(rows: readonly Proposed[]): { found: ReadonlySet<number>; of: number } {
  const told = rows.flatMap((row, index) =>
    row.held && isJudgeable(row) ? [{ index, chance: row.held.chance }] : [],
  )
  const found = holm(
    told.map(({ chance }) => chance),
    LIMITS.alpha,
  )
  return { found: new Set(told.filter((_, at) => found[at]).map(({ index }) => index)), of: told.length }
}

/** The failures of the side that has a larger share of them. */
function failuresOf(base: readonly Figure[], candidate: Figure | undefined): number | undefined {
  if (candidate?.proportion === undefined) return undefined
  return Math.max(candidate.proportion.part, ...base.map(({ proportion }) => proportion?.part ?? 0))
}

/** Names rows: with the journey of a step, or the phase, where a name would be that of another row, too. */
export function namerOf(
  rows: readonly { readonly subject: RowSubject }[],
  { judgedPhases }: Pick<MeasuredRun, 'judgedPhases'>,
): (subject: RowSubject) => string {
  const journeys = new Map<string, Set<string>>()
  for (const { subject } of rows) {
    const { step, journey = '' } = subject
    if (step !== undefined) journeys.set(step, (journeys.get(step) ?? new Set()).add(journey))
  }
  return (subject) =>
    rowName(subject, {
      step: (step) => (journeys.get(step)?.size ?? 0) > 1,
      phases: judgedPhases.length > 1 || !judgedPhases.includes(subject.phase),
    })
}
