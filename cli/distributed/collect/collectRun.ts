import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { defined } from '../../base/index.ts'
import { whileNotStopped, withoutFlag } from '../../k6/index.ts'
import { k6Arguments, type Plan } from '../../project/index.ts'
import {
  diskFolder,
  fullOf,
  isDamaged,
  metadataOf,
  readRecord,
  NO_ENVIRONMENT,
  PUSHES_FOLDER,
  type RunRecord,
} from '../../record/index.ts'
import {
  beginning,
  guardRate,
  newRunId,
  recordRun,
  roomIn,
  thrownFields,
  type Crossed,
  type Finished,
  type Listening,
  type Offer,
} from '../../run/index.ts'
import { tryListening, type CollectorOptions } from './collector.ts'
import { folderFor } from './folderFor.ts'
import type { IntakeOptions } from './intake.ts'
import { openerOf, type Opened } from './openCollector.ts'
import { recordedBy, type Collected, type Sentence } from './recordedBy.ts'
import type { Awaited } from './standing.ts'
import { untilOver } from './untilOver.ts'

/** What collecting needs beside its plan. */
export interface CollectInputs
  extends
    CollectorOptions,
    Pick<IntakeOptions, 'limits'>,
    Omit<Awaited, 'since' | 'lasts'>,
    Pick<Listening, 'forward' | 'annotate' | 'live'> {
  /** The folder that run folders are made in. */
  readonly results: string
  /** Where baselines lie, against which the run and its regions are held. */
  readonly baselines: string
  /** Further `KEY=VALUE` for the script, and further arguments for k6. */
  readonly env: readonly string[]
  readonly more: readonly string[]
  /** Whether parts may export their spans. */
  readonly spans?: boolean
  /** Told once who may come, and where: the collector's URL and the run. */
  readonly onOpen: (about: { url: string; id: string }) => void
  readonly say: (line: string) => void
}

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
    await tryListening(inputs)
    const { folder, started } = await folderFor(results, begun, say)
    const sentences: Sentence[] = []
    const log = (text: string, fields?: string): void => void sentences.push({ text, ...defined({ fields }) })
    const offer: Offer = {
      id,
      suite: plan.script ?? plan.manifest.suite,
      sha256: started.bundle.sha256,
      variables: { ...plan.variables },
      more: shareable(more),
      ...defined({ expect: inputs.expect }),
      ...(inputs.spans === true ? { spans: true } : {}),
    }
    const opened = openerOf(inputs, offer, (words) => log(words, thrownFields(words)))
    const { ENVIRONMENT: name } = plan.settings
    // A script that loads a target of its own is in no environment.
    const cap = name === NO_ENVIRONMENT ? Infinity : plan.environment.caps.rate
    let crossed: Collected['crossed']
    const onChanges = guardRate(name, cap, (why, over) => {
      crossed = crossedBy(why, over, opened.now())
      say(crossed.why)
    })
    const how = {
      folder,
      map: plan.suite.map,
      onChanges,
      open: opened.open,
      stopped,
      say,
      show,
      baselines: inputs.baselines,
    }
    const listening = { ...inputs, record: 'on' as const }
    const finished = await recordRun(started, { ...how, listening }, async () => {
      const now = opened.now()
      onOpen({ url: now.url, id })
      const standing = await untilOver({ ...inputs, plan, started, opened: now, stopped, log })
      const isStopped = stopped.aborted
      const { coordinator, intake } = now
      const isCounted = inputs.expect !== undefined || coordinator.expect > 0
      return recordedBy({
        folder,
        started,
        standing,
        coordinator,
        isStopped,
        isCounted,
        crossed,
        sentences,
        full: fullOf(intake.problems()),
      })
    })
    // Where no disk took the record, it is made of the pushes when there is room again.
    const written = await readRecord(diskFolder(finished.folder))
    if (written && !isDamaged(written) && written.state === 'running') return finished
    for (const place of new Set([folder, finished.folder]))
      await rm(join(place, PUSHES_FOLDER), { recursive: true, force: true })
    return finished
  })
}

/** Ends who can be ended for a crossed cap, and says who cannot. */
function crossedBy(
  ended: string,
  { what, fix }: Crossed,
  { coordinator, intake }: Opened,
): NonNullable<Collected['crossed']> {
  const joined = new Set(coordinator.joined().map(({ part }) => part.id))
  const isEnded = intake.members().every(({ id }) => joined.has(id))
  const why = isEnded
    ? ended
    : `${what}, and k6 that others started cannot be ended from here: end them. ${fix}`
  coordinator.stop({ why })
  return { why, isEnded }
}

/** Arguments of k6's that instances elsewhere get: none that may hold a secret, or an address of this machine. */
const shareable = (more: readonly string[]): string[] =>
  ['env', 'secret-source', 'out'].reduce((args, name) => withoutFlag(args, name), [...more])
