import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRecord } from '../../config/index.ts'
import { loadedBy } from '../run/loaded.ts'
import { SCHEMA, type RunRecord } from '../run/record.ts'
import { VERDICTS, type Verdict } from '../run/verdict.ts'

/** A run in a list: what tells it from others. */
export interface Listed {
  id: string
  suite: string
  profile: string
  environment: string
  target: string
  state: RunRecord['state']
  verdict: Verdict
  /** The most important reason. */
  reason: string
  /** ISO 8601, UTC. */
  startedAt: string
  /** Seconds; absent where the run did not end. */
  seconds?: number
  requests: number
  commit?: string
  version?: string
  folder: string
}

/** The runs under a folder, newest first; what is no run, or cannot be read as one, is left out. */
export async function listRuns(results: string): Promise<Listed[]> {
  const names = await readdir(results).catch(() => [])
  const runs = await Promise.all(names.map((name) => listed(join(results, name))))
  return runs
    .filter((run) => run !== undefined)
    .sort((a, b) => (a.startedAt === b.startedAt ? compare(b.id, a.id) : compare(b.startedAt, a.startedAt)))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The record in a run's folder; undefined where there is none that can be read. */
export async function readRecord(folder: string): Promise<RunRecord | undefined> {
  try {
    const value = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as unknown
    return isRun(value) ? value : undefined
  } catch {
    return undefined
  }
}

async function listed(folder: string): Promise<Listed | undefined> {
  const record = await readRecord(folder)
  if (!record) return undefined
  const { id, suite, profile, environment, state, verdict, reasons, startedAt, endedAt, totals, metadata } =
    record
  const { commit, version } = metadata ?? {}
  return {
    ...{ id, suite, profile, environment, state, verdict, reason: reasons[0] ?? '', startedAt },
    target: loadedBy(record),
    ...(endedAt === undefined
      ? {}
      : { seconds: Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) }),
    ...{
      requests: totals.requests,
      ...(commit === undefined ? {} : { commit }),
      ...(version === undefined ? {} : { version }),
    },
    folder,
  }
}

/** The least that a record of this version has; a file may be anybody's. */
function isRun(value: unknown): value is RunRecord {
  if (!isRecord(value) || value.schema !== SCHEMA || !isRecord(value.totals)) return false
  const texts = [value.id, value.suite, value.startedAt, value.profile, value.environment, value.target]
  const lists = ['reasons', 'journeys', 'thresholds', 'checks', 'failures', 'judgedPhases', 'problems']
  return (
    texts.every((text) => typeof text === 'string') &&
    lists.every((name) => Array.isArray(value[name])) &&
    isRecord(value.k6) &&
    (VERDICTS as readonly unknown[]).includes(value.verdict) &&
    !Number.isNaN(Date.parse(String(value.startedAt)))
  )
}
