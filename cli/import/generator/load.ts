import { plural } from '../../base/index.ts'
import { quoted } from '../../project/index.ts'
import type { Note } from '../recording.ts'
import { virtualUsers } from '../studio/options.ts'
import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import { list, object, raw, type Node } from '../write/node.ts'

/** The load of a generator, as the suite has it. */
export interface GeneratorLoad {
  vus: number | undefined
  /** An executor of k6's, with its options; undefined for a load that a profile shapes. */
  executor: { name: 'sharedIterations' | 'rampingVUs'; options: Node } | undefined
}

const DURATION = /^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/

/** Reads the load of a generator: its own shape where it has one. */
export function loadOf(options: Raw, look: Note[]): GeneratorLoad {
  const profile = isRecord(options.loadProfile) ? options.loadProfile : {}
  const vus = virtualUsers(options)
  const kept = (name: 'sharedIterations' | 'rampingVUs', own: Node): GeneratorLoad => {
    look.push({
      text: `the load is the generator’s own, which no profile changes: workload() in the place of ${name}() follows profiles`,
    })
    return { vus, executor: { name, options: own } }
  }
  if (profile.executor === 'ramping-vus' && Array.isArray(profile.stages)) {
    const stages = profile.stages.filter(isRecord).flatMap(({ target, duration }) => {
      const fits = typeof duration === 'string' && duration !== '' && DURATION.test(duration)
      return fits && Number.isInteger(target) && Number(target) >= 0
        ? [{ target: Number(target), duration }]
        : []
    })
    if (
      stages.length > 0 &&
      stages.length === profile.stages.length &&
      stages.some(({ target }) => target > 0)
    ) {
      const items = stages.map(({ target, duration }) =>
        object([
          ['target', raw(String(target))],
          ['duration', raw(quoted(duration))],
        ]),
      )
      return kept('rampingVUs', object([['stages', list(items)]]))
    }
  }
  const iterations = Number(profile.iterations)
  if (profile.executor === 'shared-iterations' && Number.isInteger(iterations) && iterations > 1)
    return kept(
      'sharedIterations',
      object([
        ['vus', raw(String(Math.min(vus ?? 1, iterations)))],
        ['iterations', raw(String(iterations))],
      ]),
    )
  return { vus, executor: undefined }
}

/** How long a user waits, and where. */
export interface ThinkTime {
  /** Seconds between steps, from and to; 0 for none. */
  steps: readonly [least: number, most: number]
  /** Seconds at the end of the journey. */
  end: readonly [least: number, most: number]
}

/** Reads the think time of a generator; undefined where it has none of its own. */
export function thinkTimeOf(options: Raw, left: Note[]): ThinkTime | undefined {
  const think = isRecord(options.thinkTime) ? options.thinkTime : undefined
  const timing = think && isRecord(think.timing) ? think.timing : undefined
  if (think === undefined || timing === undefined) return undefined
  const range =
    timing.type === 'range' && isRecord(timing.value)
      ? timing.value
      : { min: timing.value, max: timing.value }
  const [least, most] = [seconds(range.min), seconds(range.max)]
  const own = [Math.min(least, most), Math.max(least, most)] as const
  if (think.sleepType === 'iterations') return { steps: [0, 0], end: own }
  if (think.sleepType === 'requests' && most > 0)
    left.push({
      text: 'think time after each request: it is between steps, since it would count as time of a step',
    })
  return { steps: own, end: [0, 0] }
}

const seconds = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.min(value, 3600) : 0

/** What of the options a suite does not have. */
export function optionNotes(options: Raw): Note[] {
  const zones =
    isRecord(options.cloud) && isRecord(options.cloud.loadZones) ? options.cloud.loadZones.zones : undefined
  const names = Array.isArray(zones)
    ? zones.filter(isRecord).map((zone) => textAt(zone, 'loadZone') ?? 'one without a name')
    : []
  return names.length === 0
    ? []
    : [
        {
          text: `${plural(names.length, 'load zone')} of Grafana Cloud: docs/cloud.md says how runs go there`,
        },
      ]
}
