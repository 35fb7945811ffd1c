import { seriesKey, encodedMessage, pack, seriesOf, type RawSeries } from '../../prometheus/index.ts'
import type { Trouble } from './answers.ts'
import { inParts } from './parts.ts'
import { border, takesAnything } from './question.ts'
import { isTrouble, setAside, settle, type Parcel, type Way } from './delivery.ts'

/** Delivers pushes, in order; what is delivered leaves the queue. Gives why it could not, if it could not. */
export async function deliver(way: Way, given: readonly Parcel[]): Promise<Trouble | undefined> {
  const parcels = await sorted(way, given)
  const [first] = parcels
  if (!first) return undefined
  const meaning =
    parcels.length === 1
      ? await way.send(first.message, first.body)
      : await way.send(Buffer.concat(parcels.map(({ message }) => message)))
  if (isTrouble(meaning)) return meaning
  if (meaning.is === 'taken') {
    settle(way, parcels)
    return undefined
  }
  if (meaning.is === 'old') {
    const found = await border(
      way.send,
      parcels.map(({ message }) => message),
      way.oldest,
    )
    if (typeof found !== 'number') return found
    if (found > way.oldest) {
      way.oldest = found
      return deliver(way, parcels)
    }
  }
  if (meaning.is === 'bad') {
    const trouble = await takesAnything(way.send, meaning.why)
    if (trouble) return trouble
  }
  if (parcels.length > 1) {
    if (meaning.is === 'large') way.most = Math.max(1, Math.floor(way.most / 2))
    const half = Math.ceil(parcels.length / 2)
    return (await deliver(way, parcels.slice(0, half))) ?? deliver(way, parcels.slice(half))
  }
  return inParts(way, first, meaning)
}

/** Sets aside what the server is known not to take, push by push, so that a crash repeats no more than one of them. */
async function sorted(way: Way, parcels: readonly Parcel[]): Promise<Parcel[]> {
  if (way.oldest === -Infinity && way.unwanted.size === 0) return [...parcels]
  const left: Parcel[] = []
  for (const parcel of parcels) {
    const series = seriesOf(parcel.message)
    const isUnwanted = (one: RawSeries): boolean => way.unwanted.has(seriesKey(one))
    const kept = series.flatMap((one) => {
      const points = one.points.filter(({ at }) => at > way.oldest)
      return points.length === 0 || isUnwanted(one) ? [] : [{ ...one, points }]
    })
    const aside = series.flatMap((one) => {
      const points = isUnwanted(one) ? one.points : one.points.filter(({ at }) => at <= way.oldest)
      return points.length === 0 ? [] : [{ ...one, points }]
    })
    await setAside(way, aside)
    const rest = aside.length === 0 ? parcel : smaller(way, parcel, kept)
    if (rest) left.push(rest)
  }
  return left
}

function smaller({ queue, maybe }: Way, { one }: Parcel, kept: readonly RawSeries[]): Parcel | undefined {
  if (kept.length === 0) {
    maybe.delete(one.number)
    queue.remove(one)
    return undefined
  }
  const message = encodedMessage(kept)
  const body = Buffer.from(pack(message))
  queue.replace(one, body)
  return { one, body, message }
}
