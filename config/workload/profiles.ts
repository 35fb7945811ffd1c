import type { PhaseName } from './phases.ts'

/**
 * k6's test types; `canary`: a constant, small load for continuous testing in production; `replay`: the pattern that a
 * load has of its own.
 */
export type ProfileName = 'smoke' | 'load' | 'stress' | 'spike' | 'soak' | 'breakpoint' | 'canary' | 'replay'

/** The setting that stretches a stage, in place of the profile's own duration. */
export type StretchSetting = 'RAMP_UP' | 'WARM_UP' | 'DURATION' | 'RAMP_DOWN'

/** One ramp of a profile: to `level` times the suite's size, over a time that a setting may change. */
export interface ProfileStage {
  phase: PhaseName
  /** Reached at the end of the stage, as a multiple of the suite's size; the stage before gives the start. */
  level: number
  /** As k6 writes it; `setting` names what may change it. */
  lasts: string
  setting?: StretchSetting
}

/** The shape of load: which phases, how high, and which of them thresholds judge. */
export interface Profile {
  /** `suite`: the size that the suite gives; `one`: a single VU for each workload, whatever its size. */
  size: 'suite' | 'one'
  stages: readonly ProfileStage[]
  judges: readonly PhaseName[]
  /** Ends the run as soon as a judged threshold is crossed. */
  stopsOnFailure?: true
}

const stage =
  (phase: PhaseName, setting: StretchSetting) =>
  (lasts: string, level = 1): ProfileStage => ({ phase, level, lasts, setting })
const rampUp = stage('ramp-up', 'RAMP_UP')
const warmUp = stage('warm-up', 'WARM_UP')
const steady = stage('steady', 'DURATION')
const rampDown = stage('ramp-down', 'RAMP_DOWN')('5s', 0)

/** A jump to a level within five seconds, whatever the settings say, and a minute there. */
const jump = (phase: PhaseName, level: number): ProfileStage[] => [
  { phase, level, lasts: '5s' },
  stage(phase, 'DURATION')('1m', level),
]

const profile = (...stages: readonly ProfileStage[]): Profile => ({
  size: 'suite',
  stages,
  judges: ['steady'],
})

const busyHour = profile(rampUp('30s'), warmUp('30s'), steady('5m'), rampDown)

/** Every profile, by name. Levels are multiples of what the suite and the environment's scale give. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  smoke: { ...profile(steady('20s')), size: 'one' },
  load: busyHour,
  stress: profile(rampUp('1m', 2), warmUp('30s', 2), steady('5m', 2), rampDown),
  spike: {
    ...profile(
      rampUp('10s', 0.5),
      warmUp('30s', 0.5),
      ...jump('spike', 5),
      ...jump('recovery', 0.5),
      rampDown,
    ),
    judges: ['spike', 'recovery'],
  },
  soak: profile(rampUp('1m'), warmUp('2m'), steady('2h'), rampDown),
  breakpoint: {
    ...profile(stage('ramp-up', 'DURATION')('20m', 10)),
    judges: ['ramp-up'],
    stopsOnFailure: true,
  },
  canary: profile(steady('10m', 0.1)),
  // The pattern of each load takes the place of what is steady.
  replay: busyHour,
}

/** The names of all profiles. */
export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[]
