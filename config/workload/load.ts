import { formatDuration, parseDuration } from '../duration.ts'
import { littlesLaw, timeUnitFor, type Shape } from './shape.ts'
import { encodePhases, type Phase, type PhaseName } from './phases.ts'
import { PROFILES, type Profile, type ProfileStage, type StretchSetting } from './profiles.ts'
import type { Settings } from '../settings/settings.ts'
import { PHASES_VARIABLE } from './phasesVariable.ts'

/** Iterations started per second, whatever the target does (the open model). */
export interface OpenLoad {
  rate: number
  /** What the profile `replay` replays, in place of a constant rate. */
  pattern?: readonly PatternLevel[]
}

/** A part of a pattern of arrivals: a level that is held for a part of the time. */
export interface PatternLevel {
  /** As a multiple of the rate. */
  times: number
  /** How much of the time it is held, 0 to 1; those of a pattern add up to 1. */
  share: number
}

/** Users who each start again when they are done (the closed model). */
export interface ClosedLoad {
  vus: number
}

/** The size of a workload. */
export type Load = OpenLoad | ClosedLoad

/** What decides a workload's shape and scale. */
export type WorkloadSettings = Pick<Settings, 'PROFILE' | 'SCALE'> &
  Partial<Pick<Settings, 'RAMP_UP' | 'WARM_UP' | 'DURATION' | 'RAMP_DOWN'>>

/** A journey's iteration is taken to last this long where the journey does not say (seconds). */
const TYPICAL_SECONDS = 10

/**
 * The load that a workload asks k6 for, and its phases: the profile gives the shape, the load the size, the settings
 * the scale; the one VU of a smoke test keeps to the rate of an open load. An iteration takes `typicalSeconds`.
 */
export const shapeOf = (
  settings: WorkloadSettings,
  load: Load,
  typicalSeconds: number = TYPICAL_SECONDS,
): Shape & { env: Record<string, string> } => {
  const size = ('vus' in load ? load.vus : load.rate) * settings.SCALE
  const profile = PROFILES[settings.PROFILE]
  const one = profile.size === 'one'
  const open = !one && 'rate' in load
  const base = one ? 1 : size

  const timed = stagesOf(profile, settings, load as OpenLoad)
  const levels = timed.map(({ level }) => level * base)
  const unit = open ? timeUnitFor(levels) : 1
  const stages = timed.map(({ lasts, level }) => ({
    duration: formatDuration(lasts),
    target: level && Math.max(1, Math.round(level * base * unit)),
  }))
  const [constant] = timed[1] || timed[0]?.phase !== 'steady' ? [] : stages
  const preAllocatedVUs = littlesLaw(Math.max(...levels), typicalSeconds)
  // Milliseconds from a start to the next one's; what a VU does after its journey.
  const pace = one && 'rate' in load ? ` @${Math.ceil(1000 / size)}` : ''
  return {
    executor: `${constant ? 'constant' : 'ramping'}-${open ? 'arrival-rate' : 'vus'}`,
    ...(constant
      ? { [open ? 'rate' : 'vus']: constant.target, duration: constant.duration }
      : { [open ? 'startRate' : 'startVUs']: 0, stages }),
    ...(open && { timeUnit: formatDuration(unit * 1000), preAllocatedVUs, maxVUs: preAllocatedVUs * 2 }),
    env: { [PHASES_VARIABLE]: encodePhases(phasesOf(profile, timed)) + pace },
  }
}

interface TimedStage extends Omit<ProfileStage, 'lasts'> {
  /** Milliseconds. */
  lasts: number
}

const stagesOf = (profile: Profile, given: WorkloadSettings, { pattern }: Partial<OpenLoad>): TimedStage[] =>
  profile.stages
    .flatMap((stage) => {
      const lasts = given[stage.setting as StretchSetting] ?? parseDuration(stage.lasts) ?? 0
      // A jump to each level, which is held.
      return pattern && given.PROFILE === 'replay' && stage.phase === 'steady'
        ? pattern.flatMap(({ times, share }) =>
            [0, share].map((part) => ({ ...stage, level: times, lasts: Math.round(lasts * part) })),
          )
        : { ...stage, lasts }
    })
    .filter(({ lasts, level }, index, all) => lasts > 0 || level !== (all[index - 1]?.level ?? 0))

const phasesOf = ({ judges }: Profile, stages: readonly TimedStage[]): Phase[] => {
  const times = new Map<PhaseName, number>()
  for (const { phase, lasts } of stages) if (lasts > 0) times.set(phase, (times.get(phase) ?? 0) + lasts)
  return Array.from(times, ([name, lasts]) => ({ name, lasts, judged: judges.includes(name) }))
}
