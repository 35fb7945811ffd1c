import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { peak } from '../../config/workload/shape.ts'
import { delay } from '../base/index.ts'
import { whileNotStopped } from '../k6/index.ts'
import { k6Arguments, type Plan } from '../project/index.ts'
import { metadataOf, type Change, type Instance, type RunRecord } from '../record/index.ts'
import {
  beginning,
  guardRate,
  judgeWhileRunning,
  newRunId,
  recordRun,
  roomIn,
  showProgress,
  type Finished,
  type Listening,
  type Recorded,
} from '../run/index.ts'
import { LOG_FOLDER } from './collection.ts'
import type { CollectorOptions } from './collector.ts'
import { folderFor } from './folderFor.ts'
import { createNews } from './news.ts'
import { openerOf, type Opened } from './openCollector.ts'
import { standingOf, type Awaited, type Standing } from './standing.ts'

/** What collecting needs beside its plan. */
export interface CollectInputs
  extends CollectorOptions, Omit<Awaited, 'since'>, Pick<Listening, 'forward' | 'annotate' | 'live'> {
  /** The folder that run folders are made in. */
  readonly results: string
  /** Further `KEY=VALUE` for the script, and further arguments for k6. */
  readonly env: readonly string[]
  readonly more: readonly string[]
  /** Told once who may come, and where: the collector's URL and the run. */
  readonly onOpen: (about: { url: string; id: string }) => void
  readonly say: (line: string) => void
}

/** Milliseconds between two looks at who has come. */
const INTERVAL_MS = 250

/**
 * Collects what k6 elsewhere push of a plan until all that are expected came to their end, or a signal ends it, and
 * leaves the record of a run. `show` gets it as soon as its verdict and its reports are there.
 */
export async function collectRun(
  plan: Plan,
  inputs: CollectInputs,
  show: (finished: Finished) => void,
): Promise<Finished> {
  const { results: given, env, more, say, onOpen } = inputs
  const { results, warning } = await roomIn(resolve(given))
  if (warning !== undefined) say(warning)
  const id = plan.settings.RUN_ID ?? newRunId(plan.manifest.suite)
  const metadata = await metadataOf(process.cwd())
  const args = k6Arguments(plan, { id, folder: join(given, id), bundle: plan.suite.path, env, more })
  const begun: RunRecord = { ...beginning(plan, { id, args, metadata }), mode: 'collect' }
  return whileNotStopped(async (stopped) => {
    const { folder, started } = await folderFor(results, begun, say)
    const opened = openerOf({ ...inputs, id, sha256: started.bundle.sha256 })
    const guard = guardOf(plan, say)
    const how = { folder, map: plan.suite.map, onChanges: guard, open: opened.open, stopped, say, show }
    const listening = { ...inputs, record: 'on' as const }
    const finished = await recordRun(started, { ...how, listening }, () => {
      onOpen({ url: opened.now().url, id })
      return untilOver(started, { plan, inputs, opened: opened.now(), stopped })
    })
    await rm(join(folder, LOG_FOLDER), { recursive: true, force: true })
    return finished
  })
}

/** The load is others': that it is over the environment's cap can only be told. */
function guardOf(
  { settings, environment }: Plan,
  say: (line: string) => void,
): (changes: readonly Change[]) => void {
  return guardRate(settings.ENVIRONMENT, environment.caps.rate, say)
}

interface Underway {
  plan: Plan
  inputs: CollectInputs
  opened: Opened
  stopped: AbortSignal
}

/** Waits for the end of all, and says meanwhile who comes and goes. */
async function untilOver(started: RunRecord, { plan, inputs, opened, stopped }: Underway): Promise<Recorded> {
  const { say, expect } = inputs
  const { intake, store } = opened
  const since = Date.now()
  const news = createNews(expect)
  const told = new Set<string>()
  const following: { stop: () => void }[] = []
  const follow = (): void => {
    const shapes = Object.values(started.declared?.scenarios ?? {})
    const planned = Math.max(0, ...shapes.map((shape) => peak(shape).seconds))
    const { thresholds } = plan.manifest.options
    following.push(
      showProgress(store, planned),
      judgeWhileRunning(store, thresholds, started.declared?.own ?? [], (sentence) =>
        say(`${sentence}: this cannot stop k6 that others started`),
      ),
    )
  }
  try {
    for (;;) {
      const members = intake.members()
      const now = Date.now()
      if (members.length > 0 && following.length === 0) follow()
      const refused = intake.problems().filter((problem) => !told.has(problem))
      for (const problem of refused) told.add(problem)
      for (const line of [...news(members, since, now), ...refused]) say(line)
      const standing = standingOf(members, { ...inputs, since }, now)
      if (standing.isOver || stopped.aborted) return endedBy(started, standing, stopped.aborted)
      await delay(INTERVAL_MS)
    }
  } finally {
    for (const one of following) one.stop()
  }
}

/** How a run ended, by where its instances were when nobody was waited for any more. */
function endedBy(started: RunRecord, { isWhole, instances }: Standing, isStopped: boolean): Recorded {
  const begun = instances.flatMap(({ end }) => (end.started === undefined ? [] : Date.parse(end.started)))
  return {
    started: {
      ...started,
      ...(begun.length > 0 ? { startedAt: new Date(Math.min(...begun)).toISOString() } : {}),
      instances: instances.map(({ id }): Instance => ({ id, k6: { version: '', path: '', command: [] } })),
    },
    ended: {
      code: isWhole ? 0 : undefined,
      // Where nobody said how many there are, a signal is how their end is told.
      interrupted: isStopped && !isWhole,
      instances: instances.map(({ end }) => end),
      othersWentOn: true,
    },
  }
}
