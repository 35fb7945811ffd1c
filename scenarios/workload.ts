import {
  encodePhases,
  formatDuration,
  littlesLaw,
  parseDuration,
  PHASES_VARIABLE,
  PROFILES,
  settings,
  timeUnitFor,
  type Phase,
  type Profile,
  type ProfileStage,
  type Settings,
} from '../config/index.ts'
import type { Runnable } from '../lib/journey.ts'
import type { Scenario } from '../lib/scenario.ts'
import { constantArrivalRate, constantVUs, rampingArrivalRate, rampingVUs } from './executors.ts'

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
 * Makes scenarios by profile × environment × load: the profile gives the shape, the load the size,
 * the environment the scale. Without arguments the settings decide, so that the environment does.
 */
export function workload(given: WorkloadSettings = settings()) {
  const profile = PROFILES[given.PROFILE]
  const stages = stagesOf(profile, given)
  return (journey: Runnable, load: Load): Scenario => scenarioOf(journey, load, profile, stages, given.SCALE)
}

interface TimedStage extends ProfileStage {
  milliseconds: number
}

function stagesOf(profile: Profile, given: WorkloadSettings): TimedStage[] {
  const timed = profile.stages.map((stage) => ({
    ...stage,
    milliseconds: (stage.setting ? given[stage.setting] : undefined) ?? parseDuration(stage.lasts) ?? 0,
  }))
  return timed.filter(
    ({ milliseconds, level }, index) => milliseconds > 0 || level !== (timed[index - 1]?.level ?? 0),
  )
}

function phasesOf(profile: Profile, stages: readonly TimedStage[]): Phase[] {
  const phases: Phase[] = []
  for (const { phase: name, milliseconds } of stages) {
    const last = phases.at(-1)
    if (last?.name === name) last.lasts += milliseconds
    else phases.push({ name, lasts: milliseconds, judged: profile.judges.includes(name) })
  }
  return phases.filter(({ lasts }) => lasts > 0)
}

function scenarioOf(
  journey: Runnable,
  load: Load,
  profile: Profile,
  stages: readonly TimedStage[],
  scale: number,
): Scenario {
  const size = 'vus' in load ? load.vus : load.rate
  if (!(size > 0 && size < Infinity)) throw new RangeError(`a load is a number above 0, got ${size}`)
  const common = { weight: size, env: { [PHASES_VARIABLE]: encodePhases(phasesOf(profile, stages)) } }
  const [first] = stages
  const constant = stages.length === 1 && first?.setting === 'DURATION' && first.phase === 'steady'
  const duration = formatDuration(first?.milliseconds ?? 0)
  if (profile.size === 'one') return constantVUs(journey, { vus: 1, duration, ...common })

  const base = size * scale
  const open = 'rate' in load
  const unit = open ? timeUnitFor(stages.map(({ level }) => level * base)) : 1
  const at = (level: number): number => (level === 0 ? 0 : Math.max(1, Math.round(base * level * unit)))
  const ramps = stages.map(({ milliseconds, level }) => ({
    duration: formatDuration(milliseconds),
    target: at(level),
  }))
  if (!open)
    return constant
      ? constantVUs(journey, { vus: at(first.level), duration, ...common })
      : rampingVUs(journey, { startVUs: 0, stages: ramps, ...common })

  const highest = Math.max(...stages.map(({ level }) => level))
  const preAllocatedVUs = littlesLaw(base * highest, journey.lasts ?? TYPICAL_SECONDS)
  const rest = {
    timeUnit: formatDuration(unit * 1000),
    preAllocatedVUs,
    maxVUs: preAllocatedVUs * 2,
    ...common,
  }
  return constant
    ? constantArrivalRate(journey, { rate: at(first.level), duration, ...rest })
    : rampingArrivalRate(journey, { startRate: 0, stages: ramps, ...rest })
}
