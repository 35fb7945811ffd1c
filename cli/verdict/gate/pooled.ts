import { defined } from '../../base/index.ts'
import { merge } from '../../prometheus/index.ts'
import { placeKey, type MeasuredRun, type Measurement } from '../../record/index.ts'
import { overdispersion } from '../statistics/proportions.ts'

/** A run and the one that was made to confirm it, as if they were one: their samples together. */
export function pooled(run: MeasuredRun, second: MeasuredRun): MeasuredRun {
  const others = new Map(second.measurements.map((one) => [keyOf(one), one]))
  return {
    ...run,
    ...defined({ full: fuller(run, second) }),
    measurements: run.measurements.map((one) => {
      const other = others.get(keyOf(one))
      return other ? together(one, other) : one
    }),
  }
}

/** The machine was as full as in the worse of both. */
const fuller = (a: MeasuredRun, b: MeasuredRun): number | undefined =>
  a.full === undefined && b.full === undefined ? undefined : Math.max(a.full ?? 0, b.full ?? 0)

type Share = Measurement & { readonly kind: 'share' }

const keyOf = (one: Measurement): string => `${placeKey(one)} ${one.kind}`

function together(one: Measurement, other: Measurement): Measurement {
  if (one.kind === 'values' && other.kind === 'values')
    return { ...one, values: merge(one.values, other.values) }
  if (one.kind === 'share' && other.kind === 'share') return sharesTogether(one, other)
  if (one.kind === 'pace' && other.kind === 'pace')
    return { ...one, count: one.count + other.count, seconds: one.seconds + other.seconds }
  return one
}

/** Failures that came in one run alone came together; where both have them, it does not matter how each run has. */
function sharesTogether(one: Share, other: Share): Share {
  const { within: _, ...place } = one
  const dispersion = overdispersion([one, other])
  return { ...place, part: one.part + other.part, of: one.of + other.of, dispersion }
}
