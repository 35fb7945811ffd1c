import { formatDuration, parseDuration } from './duration.ts'
import { littlesLaw, timeUnitFor, type Shape } from './load.ts'
import { encodePhases, type Phase } from './phases.ts'
import { PROFILES, type Profile, type ProfileStage } from './profiles.ts'
import type { Settings } from './settings.ts'
import { PHASES_VARIABLE } from './variables.ts'

/** Iterations started per second, whatever the target does (the open model). */
export interface OpenLoad {
  rate: number
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
 * the scale. An iteration of it lasts `lasts` seconds. Throws RangeError on a load that is not above 0.
 */
export const shapeOf = (
  settings: WorkloadSettings,
  load: Load,
  lasts: number = TYPICAL_SECONDS,
): Shape & { env: Record<string, string> } => {
  const size = 'vus' in load ? load.vus : load.rate
  if (!(size > 0 && size < Infinity)) throw new RangeError(`a load is a number above 0, got ${size}`)
  const profile = PROFILES[settings.PROFILE]
  const stages = stagesOf(profile, settings)
  const env = { [PHASES_VARIABLE]: encodePhases(phasesOf(profile, stages)) }
  const [first] = stages
  const constant = stages.length === 1 && first?.setting === 'DURATION' && first.phase === 'steady'
  const duration = formatDuration(first?.milliseconds ?? 0)
  if (profile.size === 'one') return { executor: 'constant-vus', vus: 1, duration, env }

  const base = size * settings.SCALE
  const open = 'rate' in load
  const unit = open ? timeUnitFor(stages.map(({ level }) => level * base)) : 1
  const at = (level: number): number => (level === 0 ? 0 : Math.max(1, Math.round(base * level * unit)))
  const ramps = stages.map(({ milliseconds, level }) => ({
    duration: formatDuration(milliseconds),
    target: at(level),
  }))
  if (!open)
    return constant
      ? { executor: 'constant-vus', vus: at(first.level), duration, env }
      : { executor: 'ramping-vus', startVUs: 0, stages: ramps, env }

  const highest = Math.max(...stages.map(({ level }) => level))
  const preAllocatedVUs = littlesLaw(base * highest, lasts)
  const rest = {
    timeUnit: formatDuration(unit * 1000),
    preAllocatedVUs,
    maxVUs: preAllocatedVUs * 2,
    env,
  }
  return constant
    ? { executor: 'constant-arrival-rate', rate: at(first.level), duration, ...rest }
    : { executor: 'ramping-arrival-rate', startRate: 0, stages: ramps, ...rest }
}

interface TimedStage extends ProfileStage {
  milliseconds: number
}

const stagesOf = (profile: Profile, given: WorkloadSettings): TimedStage[] =>
  profile.stages
    .map((stage) => ({
      ...stage,
      milliseconds: (stage.setting ? given[stage.setting] : undefined) ?? parseDuration(stage.lasts) ?? 0,
    }))
    .filter(
      ({ milliseconds, level }, index, all) => milliseconds > 0 || level !== (all[index - 1]?.level ?? 0),
    )

const phasesOf = (profile: Profile, stages: readonly TimedStage[]): Phase[] => {
  const phases: Phase[] = []
  for (const { phase: name, milliseconds } of stages) {
    const last = phases.at(-1)
    if (last?.name === name) last.lasts += milliseconds
    else phases.push({ name, lasts: milliseconds, judged: profile.judges.includes(name) })
  }
  return phases.filter(({ lasts }) => lasts > 0)
}
