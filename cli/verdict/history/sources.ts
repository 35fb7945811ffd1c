import type { Tolerance } from '../../../config/gate.ts'
import { UserError } from '../../base/index.ts'
import {
  aboutRun,
  conditionsOf,
  diskFolder,
  isDamaged,
  readBaselines,
  readRecord,
  readResults,
  soundAudit,
  type AuditEntry,
  type RunRecord,
} from '../../record/index.ts'
import { readWaivers } from '../gate/waiverFile.ts'
import type { Waiver } from '../gate/waiver.ts'
import { runIn } from '../openRun.ts'
import { measurementOf } from '../comparison/earlier.ts'
import type { Places } from '../comparison/sides.ts'
import { noFigures } from './figureRun.ts'
import { judgedRun, type JudgedRun } from './judgedRun.ts'
import { comparableSeries, type HistoricRun } from './series.ts'
import { unknownNames } from './unknownNames.ts'

/** Which runs a history is of, and where everything lies. */
export interface HistoryQuestion extends Places {
  readonly suite?: string | undefined
  readonly profile?: string | undefined
  readonly environment?: string | undefined
  /** Of which places figures are asked for. */
  readonly journey?: string | undefined
  readonly step?: string | undefined
  /** Began after this time, milliseconds since 1970. */
  readonly after?: number | undefined
  /** Runs of a series at most, the newest ones. */
  readonly last: number
  readonly waivers: string
  readonly audit: string
  readonly tolerances: readonly Tolerance[]
}

/** What was found to make a history of. */
export interface HistorySources {
  readonly runs: readonly HistoricRun[]
  readonly judged: readonly JudgedRun[]
  readonly waivers: readonly Waiver[]
  readonly entries: readonly AuditEntry[]
  /** What cannot be read, or trusted, in sentences. */
  readonly notes: readonly string[]
  /** Series that are older than those that are told. */
  readonly olderSeries: number
}

/** Series that are told at most, those with the newest runs. */
const MAX_SERIES = 8

/** Reads runs, baselines, waivers and the audit log. What is damaged is told, and left out. */
export async function historySources(question: HistoryQuestion): Promise<HistorySources> {
  const { results, baselines, last, audit, tolerances } = question
  const { suite, profile, environment, journey, step } = question
  const notes: string[] = []
  const waivers = await readWaivers(question.waivers).catch((error: unknown) => {
    notes.push(`waivers are left out: ${unreadable(error, question.waivers)}`)
    return []
  })
  const { entries, broken } = await soundAudit(audit).catch((error: unknown) => {
    notes.push(`overrides and uses of waivers are left out: ${unreadable(error, audit)}`)
    return { entries: [], broken: undefined }
  })
  if (broken)
    notes.push(
      `${audit} cannot be trusted from line ${broken.line} on: ${broken.why}. Overrides and uses of waivers are those before it.`,
    )
  const { runs: listed, damaged } = await readResults(results)
  for (const { folder, why } of damaged) notes.push(`left out: ${folder}: ${why}`)
  const found: Found[] = []
  const judged: JudgedRun[] = []
  for (const one of listed) {
    // A folder that was copied is no second run.
    if (!isMeant(one, question) || found.some(({ id }) => id === one.id)) continue
    const folder = diskFolder(one.folder)
    const record = await readRecord(folder)
    if (record === undefined || isDamaged(record)) continue
    judged.push(await judgedRun(record, folder, { tolerances, waivers }))
    found.push(ofRecord(record, one.folder))
  }
  const kept = await readBaselines(baselines)
  for (const { file, why } of kept.damaged) notes.push(`left out: ${file}: ${why}`)
  const ids = new Set(found.map(({ id }) => id))
  const keptRuns = kept.baselines.flatMap(({ baseline }) => baseline.runs)
  for (const run of keptRuns) {
    if (ids.has(run.id) || !isMeant({ ...run.conditions, startedAt: run.startedAt }, question)) continue
    ids.add(run.id)
    found.push({ ...run, measured: run })
  }
  const series = comparableSeries(found)
  const told = series.slice(0, MAX_SERIES).flatMap((one) => one.slice(-last))
  const runs: HistoricRun[] = []
  for (const one of told) runs.push(await withFigures(one))
  const seen = [...listed, ...keptRuns.map(({ conditions }) => conditions)]
  const places = runs.flatMap(({ measured }) => measured?.measurements ?? [])
  notes.push(
    ...unknownNames(
      { suite, profile, environment },
      seen.map((one) => ({ suite: one.suite, profile: one.profile, environment: one.environment })),
    ),
    ...unknownNames(
      { journey, step },
      places.map((one) => ({ journey: one.journey, step: one.step })),
    ),
  )
  return {
    runs,
    judged,
    waivers,
    entries: entries.filter((one) => isMeantEntry(one, judged, question)),
    notes,
    olderSeries: Math.max(0, series.length - MAX_SERIES),
  }
}

/** Why a file cannot be read, in a sentence. Throws what is no mistake in the file, nor of the file system. */
function unreadable(error: unknown, file: string): string {
  if (error instanceof UserError) return error.message
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return `${file} cannot be read: ${code}`
}

/** A run with its folder, where it has one. */
type Found = HistoricRun & { readonly folder?: string }

const isMeant = (
  run: { suite: string; profile: string; environment: string; startedAt: string },
  { suite, profile, environment, after }: HistoryQuestion,
): boolean =>
  (suite ?? run.suite) === run.suite &&
  (profile ?? run.profile) === run.profile &&
  (environment ?? run.environment) === run.environment &&
  (after === undefined || Date.parse(run.startedAt) >= after)

/** Of entries whose run is no longer there it is not known what they are of: they count where nothing else is asked for. */
const isMeantEntry = (
  { run, at }: AuditEntry,
  judged: readonly JudgedRun[],
  { suite, profile, environment, after }: HistoryQuestion,
): boolean =>
  (after === undefined || Date.parse(at) >= after) &&
  ((suite ?? profile ?? environment) === undefined || judged.some(({ id }) => id === run))

function ofRecord(record: RunRecord, folder: string): Found {
  const { id, startedAt, verdict, judgedPhases } = record
  const why = noFigures(record)
  return {
    id,
    startedAt,
    verdict,
    judgedPhases,
    conditions: conditionsOf(record),
    about: aboutRun(record),
    folder,
    ...(why === undefined ? {} : { why }),
  }
}

/** A run with what it measured, or with why it has no figures. */
async function withFigures({ folder, ...run }: Found): Promise<HistoricRun> {
  if (folder === undefined || run.why !== undefined) return run
  const found = await measurementOf(await runIn(diskFolder(folder)))
  return 'why' in found ? { ...run, why: found.why } : { ...run, measured: found }
}
