import { LOG_FILE, SUMMARY_FILE } from '../base/index.ts'
import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { cleanEnvironment, readConsole, removeSetupData } from '../k6/index.ts'
import { READABLE } from '../project/index.ts'
import { diskFolder, metadataOf, type CloudRun, type RunRecord } from '../record/index.ts'
import {
  beginning,
  browserFor,
  keepRecord,
  makeRunFolder,
  withReadyTarget,
  writeRecord,
  type RunInputs,
  type TargetPath,
} from '../run/index.ts'
import { clustersOf, outcomeOf } from '../verdict/index.ts'
import { cloudArguments, cloudEnvironment } from './command.ts'
import { watchK6, type CloudEnded } from './execute.ts'
import { judgeCloud } from './outcome.ts'
import type { CloudPlan } from './plan.ts'

/** What a cloud run needs beside its plan. */
export interface CloudRunOptions
  extends
    Omit<TargetPath, 'faults'>,
    Pick<RunInputs, 'engine' | 'results'>,
    Required<Pick<RunInputs, 'env' | 'more'>> {
  id: string
  cloud: CloudRun
  /** k6's config file, if the run needs one. */
  config?: string
  /** What k6's environment has beside the shell's: token, stack, project, name. */
  given: Readonly<Record<string, string>>
  token: string
  /** Milliseconds until the run is aborted. */
  timeout: number
  thresholds: number | undefined
}

/**
 * Milliseconds for the end of a run that was told to end: in the cloud, for what k6 asks there; here, for k6's limits
 * on `teardown`, 60 s, and `handleSummary`, 120 s.
 */
const GRACE = { cloud: 60_000, local: 190_000 }

/** Runs a plan by the real `k6 cloud run`, and leaves a record, whatever happens. */
export async function runCloud(
  planned: CloudPlan,
  options: CloudRunOptions,
): Promise<{ record: RunRecord; folder: string }> {
  const { id, engine, token, timeout, say, env, more, config } = options
  const { local } = planned
  const folder = await makeRunFolder(resolve(options.results), id)
  return withReadyTarget(planned.plan, { ...options, faults: [] }, async (plan) => {
    const ready = { ...planned, plan }
    const bundle = plan.suite.path
    const browser = local ? await browserFor(plan.manifest, say) : undefined
    const args = cloudArguments(ready, { id, folder, bundle, env, more, ...(config ? { config } : {}) })
    const { env: environment, removed } = cloudEnvironment(process.env, {
      ...READABLE,
      ...browser,
      ...options.given,
    })
    for (const note of cleanEnvironment(process.env).notes) say(note)
    if (removed.length > 0)
      say(`left out of k6's environment, because a cloud run cannot have them: ${removed.join(', ')}`)
    const metadata = await metadataOf(process.cwd())
    const started: RunRecord = {
      ...beginning(plan, { id, engine, args, metadata }),
      mode: 'cloud',
      cloud: options.cloud,
      journeys: [],
    }
    await writeRecord(folder, started)
    const ended = await watchK6(engine, args, environment, {
      timeout,
      token,
      grace: local ? GRACE.local : GRACE.cloud,
      log: join(folder, LOG_FILE),
    }).finally(() => (local ? removeSetupData(join(folder, SUMMARY_FILE)) : undefined))
    const seen = withLink(started, ended)
    const record = local
      ? await localOutcome(seen, ended, folder, timeout)
      : await cloudOutcome(seen, ended, folder, options)
    const kept = await keepRecord(folder, record, say)
    return { record, folder: relative(process.cwd(), kept) }
  })
}

const withLink = (started: RunRecord, { link }: CloudEnded): RunRecord =>
  link === undefined || !started.cloud ? started : { ...started, cloud: { ...started.cloud, link } }

/** The record of a run in the cloud: its verdict, and the details from the cloud's log. */
async function cloudOutcome(
  started: RunRecord,
  ended: CloudEnded,
  folder: string,
  { timeout, thresholds }: CloudRunOptions,
): Promise<RunRecord> {
  const console = readConsole(await readFile(join(folder, LOG_FILE), 'utf8').catch(() => ''))
  return {
    ...started,
    ...judgeCloud({
      ended,
      console: {
        rows: console.rows,
        targets: console.targets,
        setup: console.setup.map(({ error }) => error),
        said: console.said.map(({ text }) => text),
      },
      timeout,
      thresholds,
    }),
    state: 'ended',
    endedAt: new Date().toISOString(),
    instances: started.instances.map((one) => ({
      ...one,
      ...(ended.code === undefined ? {} : { exit: ended.code }),
    })),
    failures: clustersOf(console.failures, console.pages),
    badRows: console.rows,
  }
}

/** The record of a run here: k6's own figures judge it; steps have none, since its metrics went to the cloud. */
async function localOutcome(
  started: RunRecord,
  ended: CloudEnded,
  folder: string,
  timeout: number,
): Promise<RunRecord> {
  const { record } = await outcomeOf(started, undefined, ended, diskFolder(folder))
  const asCloud = ended.timedOut || (ended.code === 255 && !ended.interrupted)
  const judgement = asCloud ? judgeCloud({ ended, console: NOTHING, timeout, thresholds: undefined }) : {}
  return { ...record, ...judgement }
}

const NOTHING = { rows: [], targets: [] }
