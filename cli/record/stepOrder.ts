import { PUSH_INTERVAL_MS } from './interval.ts'
import { series, total } from './query.ts'
import { STEPS } from './signals.ts'
import type { Store } from './store.ts'

/** A step as the record has it; times in ms. */
interface Seen {
  /** When it first ended, or one inside of it: to within a push, of which k6 gives the last time only. */
  first: number
  /** Steps around it. */
  depth: number
  last: number
  completed: number
}

/** A step that fewer of the journey's iterations end than this share of the most frequent one tells little by its time. */
const RARE_SHARE = 0.5

/**
 * The steps of a journey in the order in which they first appeared; those that came within
 * one push of k6's in the declared order if all of them are declared, else those first that more iterations ended. A declared step that only few iterations
 * made, or none, stands behind the one before it in the declared order.
 */
export function stepsInTime(store: Store, journey: string, declared: readonly string[]): string[] {
  const seen = seenIn(store, journey)
  const most = Math.max(0, ...[...seen.values()].map(({ completed }) => completed))
  const isTelling = (name: string): boolean => {
    const step = seen.get(name)
    return step !== undefined && (!declared.includes(name) || step.completed >= most * RARE_SHARE)
  }
  const names = [...new Set([...declared, ...seen.keys()])].filter(isTelling)
  const order = pushesOf(names, (name) => seen.get(name)?.first ?? 0).flatMap((together) =>
    together.every((name) => declared.includes(name))
      ? together.sort((a, b) => declared.indexOf(a) - declared.indexOf(b))
      : together.sort((a, b) => compare(seen.get(a), seen.get(b))),
  )
  for (const [index, name] of declared.entries()) {
    if (order.includes(name)) continue
    const before = declared.slice(0, index).findLast((one) => order.includes(one))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, name)
  }
  return order
}

/** Names in the order of their times, those that lie within one push together. */
function pushesOf(names: readonly string[], timeOf: (name: string) => number): string[][] {
  const pushes: string[][] = []
  let began = -Infinity
  for (const name of names.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    if (timeOf(name) >= began + PUSH_INTERVAL_MS) {
      began = timeOf(name)
      pushes.push([])
    }
    pushes.at(-1)?.push(name)
  }
  return pushes
}

/** A step before those inside of it, one that more iterations ended before others, else by the time of the last end. */
function compare(a: Seen | undefined, b: Seen | undefined): number {
  if (!a || !b) return 0
  return b.completed - a.completed || a.depth - b.depth || a.last - b.last
}

function seenIn(store: Store, journey: string): Map<string, Seen> {
  const times = series(store, STEPS.trend, { journey }).filter(({ labels }) => labels.step)
  const seen = new Map<string, Seen>()
  for (const { labels, first, last } of times) {
    const { step = '' } = labels
    const known = seen.get(step)
    seen.set(step, {
      first: Math.min(first, known?.first ?? Infinity),
      depth: (labels.group ?? '').split('::').length,
      last: Math.max(last, known?.last ?? 0),
      completed: known?.completed ?? total(store, STEPS.all.metric, { journey, step }),
    })
  }
  // A step ends after those inside of it, and is told before them.
  for (const { labels, first } of times)
    for (const name of (labels.group ?? '').split('::')) {
      const outer = seen.get(name)
      if (outer) outer.first = Math.min(outer.first, first)
    }
  return seen
}
