import { sum } from '../../../config/sum.ts'
import { defined } from '../../base/index.ts'
import { quantiles } from '../../prometheus/index.ts'
import { placeKey, type Bursts, type MeasuredRun, type Measurement } from '../../record/index.ts'
import { LIMITS } from './limits.ts'
import type { Proportion } from '../statistics/proportions.ts'
import { QUANTILES, quantilesOf, type RowSubject } from './row.ts'

/** A figure of one run. */
export interface Figure {
  readonly subject: RowSubject
  readonly value: number
  readonly samples: number
  /** Samples without which it says nothing. */
  readonly needed: number
  /** Of a quantile: how many of the samples are above 0. */
  readonly above?: Proportion
  /** Of a share: what it is made of, and how that lies in time. */
  readonly proportion?: Proportion & Bursts
}

/** The figures of a measurement: times in milliseconds. */
function figuresIn(measurement: Measurement): Figure[] {
  const { metric, phase, journey, step, scenario, request, check, region } = measurement
  const place = {
    ...(journey === undefined ? {} : { journey }),
    ...(step === undefined ? {} : { step }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(request === undefined ? {} : { request }),
    ...(check === undefined ? {} : { check }),
    ...(region === undefined ? {} : { region }),
    metric,
    phase,
  }
  if (measurement.kind === 'share') {
    const { part, of, dispersion, within } = measurement
    const subject = { ...place, quantity: 'share', unit: 'share' } as const
    const proportion = { part, of, ...defined({ dispersion, within }) }
    return [{ subject, value: part / of, samples: of, needed: 1, proportion }]
  }
  if (measurement.kind === 'pace') {
    const { count, seconds } = measurement
    const subject = { ...place, quantity: 'per second', unit: 'per second' } as const
    return [{ subject, value: count / seconds, samples: count, needed: 1 }]
  }
  const { values, unit } = measurement
  const names = quantilesOf(measurement)
  const found = quantiles(
    values,
    names.map((name) => QUANTILES[name]),
  )
  return names.flatMap((quantity, index) => {
    const value = found[index]
    if (value === undefined) return []
    const subject = { ...place, quantity, unit: unit === 's' ? 'ms' : unit } as const
    return [
      {
        subject,
        value: unit === 's' ? value * 1000 : value,
        samples: values.count,
        above: { part: sum(values.positive.counts), of: values.count },
        needed: quantity === 'p50' ? LIMITS.median : Math.round(LIMITS.beyond / (1 - QUANTILES[quantity])),
      },
    ]
  })
}

/** Of runs that are asked for again: a baseline is held against several candidates, pairs are looked at more than once. */
const known = new WeakMap<MeasuredRun, ReadonlyMap<string, Figure>>()

/** All figures of a run, by what they are of. */
export function figuresOfRun(run: MeasuredRun): ReadonlyMap<string, Figure> {
  const before = known.get(run)
  if (before) return before
  const all = run.measurements.flatMap(figuresIn)
  const figures = new Map(all.map((figure) => [keyOf(figure.subject), figure]))
  known.set(run, figures)
  return figures
}

const keyOf = (subject: RowSubject): string => `${placeKey(subject)} ${subject.quantity} ${subject.unit}`

/** Whether these figures are of a check that never failed: then there is nothing to tell, and no row. */
export const isSilent = (figures: readonly Figure[]): boolean =>
  figures.every(({ subject, value }) => subject.check !== undefined && value === 0)
