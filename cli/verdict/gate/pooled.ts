import { merge } from '../../prometheus/index.ts'
import type { MeasuredRun, Measurement } from '../../record/index.ts'

/** A run and the one that was made to confirm it, as if they were one: their samples together. */
export function pooled(run: MeasuredRun, second: MeasuredRun): MeasuredRun {
  const others = new Map(second.measurements.map((one) => [keyOf(one), one]))
  return {
    ...run,
    measurements: run.measurements.map((one) => {
      const other = others.get(keyOf(one))
      return other ? together(one, other) : one
    }),
  }
}

const keyOf = ({ metric, phase, journey, step, scenario, request, kind }: Measurement): string =>
  JSON.stringify([metric, phase, journey, step, scenario, request, kind])

function together(one: Measurement, other: Measurement): Measurement {
  if (one.kind === 'values' && other.kind === 'values')
    return { ...one, values: merge(one.values, other.values) }
  if (one.kind === 'share' && other.kind === 'share')
    return { ...one, part: one.part + other.part, of: one.of + other.of }
  if (one.kind === 'pace' && other.kind === 'pace')
    return { ...one, count: one.count + other.count, seconds: one.seconds + other.seconds }
  return one
}
