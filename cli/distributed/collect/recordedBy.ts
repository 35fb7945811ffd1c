import { join } from 'node:path'
import { sum } from '../../../config/sum.ts'
import { defined, LOG_FILE, ofInstance } from '../../base/index.ts'
import { removeSpanLines } from '../../k6/index.ts'
import type { Instance, RunRecord } from '../../record/index.ts'
import { codeOf, gatherLogs, type Recorded } from '../../run/index.ts'
import type { Coordinator, Joined } from './coordinator.ts'
import type { Standing } from './standing.ts'

/** A line for the run's log, as k6 writes it. */
export interface Sentence {
  readonly text: string
  /** Further fields, with a space before. */
  readonly fields?: string
}

/** What collecting came to. */
export interface Collected {
  readonly folder: string
  readonly started: RunRecord
  readonly standing: Standing
  readonly coordinator: Coordinator
  readonly isStopped: boolean
  /** Whether somebody said how many instances there are. */
  readonly isCounted: boolean
  /** A cap that was crossed, in words; whether all could be ended for it. */
  readonly crossed: { readonly why: string; readonly isEnded: boolean } | undefined
  /** Of what the collector took no more, in words; undefined where it took all. */
  readonly full: string | undefined
  readonly sentences: readonly Sentence[]
}

/** The record as far as it is known, and how the run ended; the logs that instances have sent become one. */
export async function recordedBy(collected: Collected): Promise<Recorded> {
  const { folder, started, standing, coordinator, isStopped, isCounted, sentences } = collected
  const { instances, isWhole } = standing
  const joined = coordinator.joined()
  const logs = await gatherLogs(
    joined.map(({ part: { id } }) => ({ id, file: join(folder, ofInstance(LOG_FILE, id)) })),
    join(folder, LOG_FILE),
  )
  for (const { text, fields } of sentences) await logs.say('error', text, fields)
  await logs.close()
  // Of parts that export their spans.
  await removeSpanLines(join(folder, LOG_FILE))
  const begun = instances.flatMap(({ end }) => (end.started === undefined ? [] : Date.parse(end.started)))
  const told = joined.flatMap(({ end }) => end?.interruptedIterations ?? [])
  const ends = instances.map(({ end }) => end)
  return {
    started: {
      ...started,
      ...(begun.length > 0 ? { startedAt: new Date(Math.min(...begun)).toISOString() } : {}),
      instances: instances.map(({ id }) =>
        instanceOf(
          id,
          joined.find(({ part }) => part.id === id),
        ),
      ),
    },
    ended: {
      code: codeBy(coordinator, isWhole),
      // Where nobody said how many there are, a signal is how their end is told.
      interrupted: isStopped && (!isWhole || coordinator.stopping?.code === 105),
      instances: ends,
      othersWentOn: joined.length < instances.length,
      ...defined({
        ...endedFor(collected),
        uncounted: isCounted || instances.length === 0 ? undefined : instances.length,
        interruptedIterations: told.length > 0 ? sum(told) : undefined,
        memory: fullest(joined),
      }),
      watches: instances.map(({ id }) => joined.find(({ part }) => part.id === id)?.end?.watched),
    },
  }
}

/** Why all were ended before they did harm, or could not be. */
function endedFor({ crossed, full, coordinator }: Collected): Pick<Recorded['ended'], 'stopped' | 'goesOn'> {
  if (crossed) return crossed.isEnded ? { stopped: crossed.why } : { goesOn: crossed.why }
  return full !== undefined && coordinator.stopping?.why === full ? { stopped: full } : {}
}

/** The memory of the machine of which k6 held most. */
const fullest = (joined: readonly Joined[]): Recorded['ended']['memory'] =>
  joined.flatMap(({ end }) => end?.memory ?? []).sort((a, b) => b.k6 / b.total - a.k6 / a.total)[0]

/** The exit code of all, by those that told theirs. */
function codeBy(coordinator: Coordinator, isWhole: boolean): number | undefined {
  const { stopping, first } = coordinator
  if (stopping?.code !== undefined) return stopping.code
  // What ended one ended all, also those that had not come.
  if (!isWhole && !first) return undefined
  const { code, lost } = first?.end ?? {}
  const ends = coordinator.joined().map(({ end }) => ({ code: end?.code }))
  return codeOf(ends, { isAborted: false, first: first && { code, ...defined({ lost }) } })
}

/** What is known of a k6 elsewhere: of one that others started, its name alone. */
const instanceOf = (id: string, joined: Joined | undefined): Instance =>
  joined
    ? {
        id,
        segment: joined.part.segment,
        ...defined({ region: joined.region }),
        k6: { ...joined.k6, command: [...joined.k6.command] },
        machine: joined.machine,
      }
    : { id, k6: { version: '', path: '', command: [] } }
