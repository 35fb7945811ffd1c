import { basename, dirname } from 'node:path'
import { quote } from '../../../config/problem/problem.ts'
import { defined, RECORD_FILE, refusal, UserError } from '../../base/index.ts'
import {
  baselineFile,
  conditionsOf,
  isBaselineName,
  noBaseline,
  readBaseline,
  readBaselines,
  type Baseline,
  type DamagedBaseline,
  type MeasuredRun,
  type RunFolder,
  type RunRecord,
} from '../../record/index.ts'
import { openRun } from '../openRun.ts'
import { compareRuns, type Comparison } from './compare.ts'
import { cutIn, withoutCut } from './cutPlaces.ts'
import { differing } from './differences.ts'
import { comparableRuns, measured } from './earlier.ts'
import type { LeftOut } from './leftOut.ts'
import { LIMITS } from './limits.ts'
import { newestRuns } from './newestRuns.ts'
import { anewCommand, unlikeBaseline, type UnlikeBase } from './unlikeBaseline.ts'

/** One side of a comparison: runs, the newest first, under what they were called by. */
export interface Side {
  readonly name: string
  readonly runs: readonly MeasuredRun[]
  /** The folders of those that lie on the disk, by their ids: a baseline keeps none. */
  readonly folders?: ReadonlyMap<string, RunFolder>
  /** Runs that would be among them, if they could be read. */
  readonly unmeasured?: readonly LeftOut[]
  /** The newest run before it of the same suite that is not comparable. */
  readonly unlike?: LeftOut
  /** The newest baseline of the same suite, profile and environment, where none of them is comparable. */
  readonly unlikeBase?: UnlikeBase
  /** The command that writes it anew, where it is a baseline. */
  readonly anew?: string
}

/** The folders in which runs and baselines lie. */
export interface Places {
  readonly results: string
  readonly baselines: string
}

/** Comparable runs that are held against a candidate at most. */
export const MAX_RUNS = 8

/** What a name means: a file of a baseline, the name of one, else a run. Throws UserError where it is none of them. */
export async function sideOf(name: string, { results, baselines }: Places): Promise<Side> {
  const isFile = name.endsWith('.json') && basename(name) !== RECORD_FILE
  const file = isFile ? name : isBaselineName(name) ? baselineFile(baselines, name) : undefined
  const baseline = file === undefined ? undefined : await readBaseline(file)
  if (baseline)
    return {
      name: `baseline ${baseline.name}`,
      runs: baseline.runs,
      anew: anewCommand(baseline, dirname(file ?? '')),
    }
  if (isFile)
    throw refusal([
      { where: 'baseline', got: quote(name), allowed: 'a file that loadwright baseline set wrote' },
    ])
  const run = await openRun(results, name).catch((error: unknown) => {
    // A name may be meant as that of a baseline, of which nobody would hear.
    if (file === undefined || !(error instanceof UserError)) throw error
    throw new UserError(`${error.message}\nNor is there a baseline ${file}`)
  })
  const one = await measured(run)
  return { name: one.id, runs: [one], folders: new Map([[one.id, run.folder]]) }
}

/**
 * What a run is held against where nothing is named: the comparable runs before it that passed, as far back as the rolling
 * baseline goes, with the runs that are in that; where they are too few for a verdict, the largest comparable baseline, rolling
 * before pinned. Without runs where there is nothing. Throws UserError where a baseline would be needed, and one that is
 * there is damaged.
 */
export async function usualBase(record: RunRecord, { results, baselines }: Places): Promise<Side> {
  const found = await comparableRuns(results, record, MAX_RUNS)
  const { comparable, others, damaged } = await baselinesFor(record, baselines)
  const { folders, unmeasured, unlike } = found
  const runs = onLevel(found.runs, comparable, record)
  const before = { name: 'the runs before it', runs, folders, unmeasured, ...defined({ unlike }) }
  if (runs.length >= LIMITS.runs) return before
  const base = comparable
    .sort(
      (a, b) => Number(a.kind === 'pinned') - Number(b.kind === 'pinned') || b.runs.length - a.runs.length,
    )
    .find((baseline) => baseline.runs.length > runs.length)
  if (base) return { name: `baseline ${base.name}`, runs: base.runs, unmeasured }
  // One of them may be the one that is meant.
  if (damaged.length > 0) throw refusal(damaged.map(noBaseline))
  const [newest] = comparable.length > 0 ? [] : others
  return newest ? { ...before, unlikeBase: unlikeBaseline(newest, record, baselines) } : before
}

/**
 * Runs before another one, the newest first, with those of the newest rolling baseline and without those before it: a person
 * who took a run into it, or wrote it anew, has said which level holds from then on, whatever the gate said of that run.
 */
function onLevel(
  runs: readonly MeasuredRun[],
  baselines: readonly Baseline[],
  { startedAt }: Pick<RunRecord, 'startedAt'>,
): MeasuredRun[] {
  const [rolling] = newestFirst(baselines.filter(({ kind }) => kind === 'rolling'))
  // Where there are none, the largest baseline is the base.
  const kept = runs.length === 0 ? [] : (rolling?.runs ?? []).filter((run) => run.startedAt <= startedAt)
  const since = kept.at(-1)?.startedAt ?? ''
  return newestRuns([...kept, ...runs.filter((run) => run.startedAt >= since)], MAX_RUNS)
}

const newestFirst = (baselines: readonly Baseline[]): Baseline[] =>
  baselines.toSorted((a, b) => (a.writtenAt < b.writtenAt ? 1 : -1))

/** What tells for which runs a baseline is; one that is meant for a run may be of other conditions all the same. */
const MEANT_FOR = ['suite', 'profile', 'environment'] as const

/** The baselines that are meant for a run: comparable ones, without the run itself, and the others, the newest first. */
async function baselinesFor(
  record: RunRecord,
  folder: string,
): Promise<{ comparable: Baseline[]; others: Baseline[]; damaged: readonly DamagedBaseline[] }> {
  const wanted = conditionsOf(record)
  const read = await readBaselines(folder)
  const meant = read.baselines
    .map(({ baseline }) => baseline)
    .filter(({ runs: [newest] }) => MEANT_FOR.every((key) => newest?.conditions[key] === wanted[key]))
  const isComparable = ({ runs: [newest] }: Baseline): boolean =>
    newest !== undefined && differing(newest.conditions, wanted).length === 0
  return {
    // Older runs, of which a history's baseline has hundreds, are of other levels.
    comparable: meant.filter(isComparable).map((baseline) => ({
      ...baseline,
      runs: baseline.runs.filter(({ id }) => id !== record.id).slice(0, MAX_RUNS),
    })),
    others: newestFirst(meant.filter((baseline) => !isComparable(baseline))),
    damaged: read.damaged,
  }
}

/** A run held against a side; undefined where that has no other run than itself, and those that `but` names. */
export function compareWith(
  { name, runs, unmeasured = [] }: Side,
  candidate: MeasuredRun,
  but: readonly string[] = [],
): Comparison | undefined {
  const others = runs.filter(({ id }) => id !== candidate.id && !but.includes(id))
  if (others.length === 0) return undefined
  const cut = cutIn([candidate, ...others])
  const compared = others.map((run) => withoutCut(run, candidate))
  return {
    ...compareRuns(compared, candidate, name),
    ...(unmeasured.length > 0 ? { unmeasured } : {}),
    ...(Object.keys(cut).length > 0 ? { cut } : {}),
  }
}
