import type { Parcel } from './delivery.ts'
import type { Queue } from './queue.ts'
import { unpacked } from '../../prometheus/index.ts'

/** With a few hundred series each about what Prometheus' own senders put into a request (max_samples_per_send, 2,000). */
const MAX_PUSHES = 5

/** The pushes that are sent next, in one request: the oldest, and those after it up to `most` bytes unpacked. */
export async function nextBatch(queue: Queue, most: number): Promise<Parcel[]> {
  const batch: Parcel[] = []
  let bytes = 0
  for (const one of queue.waiting.slice(0, MAX_PUSHES)) {
    const body = await queue.read(one)
    if (!body) continue
    const message = messageIn(body)
    if (!message) {
      queue.lose(one)
      continue
    }
    bytes += message.length
    if (batch.length > 0 && bytes > most) return batch
    batch.push({ one, body, message })
  }
  return batch
}

/** What a push holds; undefined where it was damaged before it was written. */
function messageIn(body: Buffer): Uint8Array | undefined {
  try {
    return unpacked(body)
  } catch {
    return undefined
  }
}
