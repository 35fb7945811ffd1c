import { packHistogram, unpackHistogram } from '../../prometheus/index.ts'
import { isRecord } from '../../../config/problem/keys.ts'
import { formDamage, type Form } from '../form.ts'
import { VERDICTS } from '../verdicts.ts'
import type { MeasuredRun, Measurement } from './measuredRun.ts'

/** The version of a baseline's shape; it rises when a key changes its meaning or goes. Described in docs/comparing.md. */
export const BASELINE_SCHEMA = 1

/** Comparable runs under a name, with histograms and counts alone. */
export interface Baseline {
  readonly name: string
  /** `rolling` takes new runs in and lets the oldest go; `pinned` stays as it is. */
  readonly kind: 'pinned' | 'rolling'
  /** Runs that it keeps at most. */
  readonly last: number
  /** ISO 8601, UTC. */
  readonly writtenAt: string
  /** The newest first; never none. */
  readonly runs: readonly MeasuredRun[]
}

/** A baseline as the text of its file: a run on each line, so that a difference between two of them can be read. */
export function baselineText({ runs, ...head }: Baseline): string {
  const written = JSON.stringify({ loadwright: 'baseline', schema: BASELINE_SCHEMA, ...head })
  const lines = runs.map((run) => JSON.stringify({ ...run, measurements: run.measurements.map(packed) }))
  return `${written.slice(0, -1)},"runs":[\n${lines.join(',\n')}\n]}\n`
}

const packed = (one: Measurement): object =>
  one.kind === 'values' ? { ...one, values: packHistogram(one.values) } : one

const TEXTS: Form = { list: 'text' }
const BASELINE: Form = {
  keys: {
    name: 'text',
    kind: { oneOf: ['pinned', 'rolling'] },
    last: 'number',
    writtenAt: 'text',
    runs: {
      list: {
        keys: {
          id: 'text',
          startedAt: 'text',
          verdict: { oneOf: VERDICTS },
          conditions: {
            keys: {
              suite: 'text',
              profile: 'text',
              environment: 'text',
              target: 'text',
              load: 'text',
              k6: 'text',
              generator: 'text',
              instances: 'text',
            },
          },
          judgedPhases: TEXTS,
          about: 'scalars',
          'full?': 'number',
          'cut?': { each: 'number' },
          'better?': { each: { oneOf: ['lower', 'higher'] } },
          measurements: {
            list: {
              keys: {
                metric: 'text',
                phase: 'text',
                kind: { oneOf: ['values', 'share', 'pace'] },
                'journey?': 'text',
                'step?': 'text',
                'scenario?': 'text',
                'request?': 'text',
                'check?': 'text',
                'region?': 'text',
                'unit?': { oneOf: ['s', 'bytes', ''] },
                'part?': 'number',
                'of?': 'number',
                'dispersion?': 'number',
                'within?': 'number',
                'count?': 'number',
                'seconds?': 'number',
              },
            },
          },
        },
      },
    },
  },
}

/** The baseline that a file holds, or why it holds none. The file may be of another origin, or cut short. */
export function readBaselineText(text: string): Baseline | { readonly why: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { why: `it is no JSON: ${(error as Error).message}` }
  }
  if (!isRecord(value) || value.loadwright !== 'baseline') return { why: 'it is no baseline of loadwright' }
  if (value.schema !== BASELINE_SCHEMA)
    return {
      why: `its schema is ${String(value.schema)}, and this version of loadwright reads schema ${BASELINE_SCHEMA}: make it again, or read it with the version that wrote it`,
    }
  const damage = formDamage(value, BASELINE)
  if (damage !== undefined) return { why: damage }
  const { name, kind, last, writtenAt, runs } = value as unknown as Baseline
  const nonsense = nonsenseIn(value as unknown as Baseline)
  if (nonsense !== undefined) return { why: nonsense }
  const read = runs.map((run) => ({ ...run, measurements: run.measurements.map(unpacked) }))
  const bad = read.find(({ measurements }) => measurements.includes(undefined))
  if (bad) return { why: `a measurement of ${bad.id} is damaged` }
  return { name, kind, last, writtenAt, runs: read as MeasuredRun[] }
}

/** What has the form of a baseline and cannot be one: somebody edited it. */
function nonsenseIn({ last, runs }: Baseline): string | undefined {
  if (runs.length === 0) return 'runs is empty'
  if (!Number.isSafeInteger(last) || last < 1) return 'last is no whole number above 0'
  const ids = runs.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) return `${twice} is in it twice, and each run is one sample`
  const untimed = runs.find(({ startedAt }) => Number.isNaN(Date.parse(startedAt)))
  if (untimed) return `startedAt of ${untimed.id} is no time`
  const full = runs.find(({ full = 0 }) => full < 0 || full > 1)
  return full && `full of ${full.id} is no share from 0 to 1`
}

function unpacked(one: Measurement): Measurement | undefined {
  if (one.kind === 'share') {
    const { part, of, dispersion = 1, within = 1 } = one
    return of > 0 && part >= 0 && part <= of && dispersion >= 1 && within > 0 ? one : undefined
  }
  if (one.kind === 'pace') return one.seconds > 0 && one.count >= 0 ? one : undefined
  const given: unknown = one.values
  const values = Array.isArray(given) && typeof one.unit === 'string' ? unpackHistogram(given) : undefined
  return values && { ...one, values }
}
