import type { Change, Identity } from './changes.ts'
import { packHistogram, type Labels, type Packed } from '../prometheus/index.ts'
import type { SegmentPlace } from './segments.ts'
import type { Window } from './windows.ts'

/** The version of the file's lines; it rises when a key changes its meaning or goes. Described in docs/recorder.md. */
export const LINES_VERSION = 1

/** The first line of whoever writes: how long a window is, ms. */
export interface HeadLine {
  readonly lines: typeof LINES_VERSION
  readonly window: number
}

/** Names a series; after this its id stands for it. */
export interface SeriesLine {
  readonly id: number
  readonly name: string
  readonly labels: Labels
  /** When its first sample was taken, ms since 1970. */
  readonly first: number
}

/**
 * What series gained in a window, or in a part of it: lines of the same window add up. Ids are told by their distance
 * from the one before.
 */
export interface WindowLine {
  /** When the window starts, ms since 1970, and how many ms later its last point was. */
  readonly at: number
  readonly until: number
  /** Where the increases belong, if not to each series' latest segment. */
  readonly place?: Exclude<SegmentPlace, 'latest'>
  /** Id and increase, in turn. */
  readonly counters?: readonly number[]
  /** Id and value, in turn. */
  readonly gauges?: readonly number[]
  readonly histograms?: readonly (readonly [id: number, ...Packed])[]
}

/**
 * A window as lines, in the order in which they are to be read. What is not a finite number is left out: JSON has no
 * word for it.
 */
export function windowLines(
  { at, until, changes }: Window,
  idOf: (series: Identity) => number,
): WindowLine[] {
  const sorted = [...changes].map(([series, all]) => ({ id: idOf(series), all })).sort((a, b) => a.id - b.id)
  const deepest = sorted.reduce((most, { all }) => Math.max(most, all.length), 0)
  const lines: WindowLine[] = []
  for (let depth = 0; depth < deepest; depth++)
    for (const place of ['latest', 'new', 'earlier'] as const) {
      const line = lineOf(sorted, depth, place)
      if (line) lines.push({ at, until: until - at, ...(place === 'latest' ? {} : { place }), ...line })
    }
  return lines
}

type Body = Pick<WindowLine, 'counters' | 'gauges' | 'histograms'>

/** What the changes at a depth that belong to a place say; undefined where there are none. */
function lineOf(
  sorted: readonly { readonly id: number; readonly all: readonly Change[] }[],
  depth: number,
  place: SegmentPlace,
): Body | undefined {
  const counters: number[] = []
  const gauges: number[] = []
  const histograms: [number, ...Packed][] = []
  const last = { counter: 0, gauge: 0, histogram: 0 }
  for (const { id, all } of sorted) {
    const change = all[depth]
    if (!change || placeOf(change) !== place) continue
    const distance = id - last[change.kind]
    if (change.kind === 'histogram') histograms.push([distance, ...packHistogram(change.by)])
    else {
      const value = change.kind === 'counter' ? change.by : change.value
      if (!Number.isFinite(value)) continue
      if (change.kind === 'counter') counters.push(distance, value)
      else gauges.push(distance, value)
    }
    last[change.kind] = id
  }
  if (counters.length + gauges.length + histograms.length === 0) return undefined
  return {
    ...(counters.length > 0 ? { counters } : {}),
    ...(gauges.length > 0 ? { gauges } : {}),
    ...(histograms.length > 0 ? { histograms } : {}),
  }
}

const placeOf = (change: Change): SegmentPlace => (change.kind === 'gauge' ? 'latest' : change.place)
