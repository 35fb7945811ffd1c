import type { Meaning, Trouble } from './answers.ts'
import { isOwn, isTrouble, setAside, settle, type Parcel, type Way } from './delivery.ts'
import { seriesKey, labelsOf, encodedMessage, seriesOf, type RawSeries } from '../../prometheus/index.ts'

const MAX_UNWANTED = 10_000
/** Into so many parts a push is cut that may have been taken already: where each is refused as known, it was. */
const PARTS = 8

/** Delivers one push that was not taken whole: cut into ever smaller parts, each in its turn. */
export async function inParts(way: Way, parcel: Parcel, meaning: Meaning): Promise<Trouble | undefined> {
  const series = seriesOf(parcel.message)
  const left: RawSeries[] = []
  const trouble =
    meaning.is === 'known' && way.maybe.has(parcel.one.number)
      ? await unlessAllKnown(way, series, left)
      : await halves(way, series, left)
  if (trouble) return trouble
  await setAside(way, left)
  way.tally.samples -= left.length
  settle(way, [parcel])
  return undefined
}

/** A push that may have been taken, in some parts: where each of them is known it was, else each is looked into. */
async function unlessAllKnown(
  way: Way,
  series: readonly RawSeries[],
  left: RawSeries[],
): Promise<Trouble | undefined> {
  const size = Math.ceil(series.length / PARTS)
  const open: (readonly RawSeries[])[] = []
  let all = true
  for (let at = 0; at < series.length; at += size) {
    const some = series.slice(at, at + size)
    const meaning = await way.send(encodedMessage(some))
    if (isTrouble(meaning)) return meaning
    if (meaning.is !== 'taken') open.push(some)
    if (meaning.is !== 'known') all = false
  }
  if (all) return undefined
  for (const some of open) {
    const trouble = await part(way, some, left)
    if (trouble) return trouble
  }
  return undefined
}

async function halves(
  way: Way,
  series: readonly RawSeries[],
  left: RawSeries[],
): Promise<Trouble | undefined> {
  const [first, second] = cut(series)
  return (await part(way, first, left)) ?? part(way, second, left)
}

/** Delivers some series of a push; what is left in the end is one sample each, which the server does not take. */
async function part(way: Way, series: readonly RawSeries[], left: RawSeries[]): Promise<Trouble | undefined> {
  const [only] = series
  if (!only) return undefined
  const meaning = await way.send(encodedMessage(series))
  if (isTrouble(meaning)) return meaning
  if (meaning.is === 'taken') return undefined
  if (series.length > 1 || only.points.length > 1) return halves(way, series, left)
  if (meaning.is === 'known' || !only.points.some(isOwn)) return undefined
  left.push(only)
  if (meaning.is === 'old') return undefined
  if (way.unwanted.size < MAX_UNWANTED) way.unwanted.add(seriesKey(only))
  const why = meaning.is === 'bad' ? meaning.why : 'calls one sample too large'
  way.note(`${labelsOf(only).__name__ ?? ''} is not taken: the server ${why}`)
  return undefined
}

/** Two halves: of the series, or of the points of the only one, older first. */
function cut(series: readonly RawSeries[]): [RawSeries[], RawSeries[]] {
  const [only] = series
  const half = Math.ceil((series.length > 1 ? series.length : (only?.points.length ?? 0)) / 2)
  if (series.length !== 1 || !only) return [series.slice(0, half), series.slice(half)]
  const [older, newer] = [only.points.slice(0, half), only.points.slice(half)]
  return [[{ ...only, points: older }], newer.length > 0 ? [{ ...only, points: newer }] : []]
}
