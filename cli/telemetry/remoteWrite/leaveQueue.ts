import { rm } from 'node:fs/promises'
import { basename, dirname, relative } from 'node:path'
import { recall, remember } from './memory.ts'
import type { Pump, PumpOptions } from './pump.ts'
import type { ForwardOutcome } from '../../record/index.ts'

/** What a queue was, and what sent it. */
export interface Sent extends Pick<PumpOptions, 'folder' | 'target' | 'queue' | 'say'> {
  readonly pump: Pump
  readonly dropped?: number
  readonly limit?: number
}

/** Leaves a queue: on disk if something waits in it, else its folder goes. */
export async function leave(
  { folder, target, queue, pump, dropped = 0, limit = 0, say }: Sent,
  unlock: (() => Promise<void>) | undefined,
): Promise<ForwardOutcome> {
  await queue.settled()
  const { sent, samples, aside } = pump.tally
  const inMemory = queue.waiting.filter(({ body }) => body).length
  const queued = queue.waiting.length - inMemory
  const lost = queue.lost() + inMemory
  const failure = queue.failure()
  const problems = [
    ...pump.problems,
    ...(failure === undefined ? [] : [`the queue cannot be written (${failure})`]),
    ...(lost > 0
      ? [`${lost} pushes were lost: the disk did not take them, or they cannot be read any more`]
      : []),
    ...(dropped > 0
      ? [
          `the queue was full (${limit >> 20} MiB, or its disk): ${dropped} values were thinned; of each series the last is kept`,
        ]
      : []),
  ]
  if (failure !== undefined && inMemory > 0)
    say(`remote write: the queue cannot be written (${failure}); ${inMemory} pushes are lost`)
  if (lost > inMemory)
    say(`remote write: ${lost - inMemory} pushes were damaged on disk: they cannot be sent`)
  await unlock?.()
  if (queued === 0)
    for (const place of [folder, queue.other() ?? folder])
      await rm(place, { recursive: true, force: true }).catch(() => undefined)
  else {
    const memory = (await recall(folder)) ?? { url: target.url, histograms: 'native' as const }
    const places = new Set(queue.waiting.map(({ place = folder }) => place))
    for (const place of places) {
      if (!(await recall(place))) await remember(place, memory)
      const count = queue.waiting.filter((one) => (one.place ?? folder) === place).length
      say(
        `remote write: ${count} pushes wait in ${relative('.', place)}; send them with: ${commandFor(place)}`,
      )
    }
  }
  const tooOld = aside > 0 ? { samples: aside, ...takenIn(pump.aside) } : undefined
  if (tooOld)
    say(
      `remote write: ${aside} samples that ${target.url} does not take are in ${tooOld.file}; ${tooOld.command}`,
    )
  return { url: target.url, sent, samples, queued, dropped, lost, ...(tooOld ? { tooOld } : {}), problems }
}

/** A file of OpenMetrics, and the command that makes Prometheus' blocks of it. */
function takenIn(path: string): { file: string; command: string } {
  const file = relative('.', path)
  return { file, command: `promtool tsdb create-blocks-from openmetrics ${file} <Prometheus’ data folder>` }
}

/** The command that sends a queue. */
function commandFor(folder: string): string {
  const run = dirname(folder)
  const results = relative('.', dirname(run))
  return `loadwright forward ${basename(run)}${results === 'results' ? '' : ` --results ${results || '.'}`}`
}
