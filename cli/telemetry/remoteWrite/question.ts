import type { Meaning, Trouble } from './answers.ts'
import type { Send } from './send.ts'
import { labelBytes, encodedMessage, samplePoint, seriesOf } from '../../prometheus/index.ts'

/** The gauge that asks a server things: its value is its time in seconds. */
export const PROBE = 'loadwright_probe'

/** A write of nothing but the probe's gauge. */
export function gaugeAt(at: number): Uint8Array {
  return encodedMessage([{ labels: [labelBytes('__name__', PROBE)], points: [samplePoint(at, at / 1000)] }])
}

/**
 * The time up to which a server calls these pushes too old, `known` or later. It is found by asking with the probe's
 * gauge, since a server that has a newer value of it answers without storing anything.
 */
export async function border(
  send: Send,
  messages: readonly Uint8Array[],
  known: number,
): Promise<number | Trouble> {
  const all = messages.flatMap((message) =>
    seriesOf(message).flatMap(({ points }) => points.map(({ at }) => at)),
  )
  const times = [...new Set(all)].filter((at) => at > known).sort((a, b) => a - b)
  await send(gaugeAt(Date.now()))
  let [old, fresh] = [-1, times.length]
  while (old + 1 < fresh) {
    const middle = (old + fresh) >>> 1
    const meaning = await send(gaugeAt(times[middle] ?? 0))
    if (meaning.is === 'later' || meaning.is === 'refused') return meaning
    if (meaning.is === 'old') old = middle
    else fresh = middle
  }
  return times[old] ?? known
}

/** Whether a server that called something bad takes anything at all: the trouble where it does not. */
export async function takesAnything(send: Send, why: string): Promise<Trouble | undefined> {
  const meaning: Meaning = await send(gaugeAt(Date.now()))
  if (meaning.is === 'later' || meaning.is === 'refused') return meaning
  if (meaning.is !== 'bad') return undefined
  return {
    is: 'refused',
    why: `${why}, and so it does to any other sample: is this the URL of a remote write receiver?`,
  }
}
