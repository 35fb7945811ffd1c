import type { PhaseName } from './phases.ts'

/** k6's test types, and `canary`: a constant, small load for continuous testing in production. */
export type ProfileName = 'smoke' | 'load' | 'stress' | 'spike' | 'soak' | 'breakpoint' | 'canary'

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

const rampUp = (lasts: string, level = 1): ProfileStage => ({
  phase: 'ramp-up',
  level,
  lasts,
  setting: 'RAMP_UP',
})
const warmUp = (lasts: string, level = 1): ProfileStage => ({
  phase: 'warm-up',
  level,
  lasts,
  setting: 'WARM_UP',
})
const steady = (lasts: string, level = 1): ProfileStage => ({
  phase: 'steady',
  level,
  lasts,
  setting: 'DURATION',
})
const rampDown: ProfileStage = { phase: 'ramp-down', level: 0, lasts: '5s', setting: 'RAMP_DOWN' }

/** Every profile, by name. Levels are multiples of what the suite and the environment's scale give. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  smoke: {
    size: 'one',
    stages: [steady('20s')],
    judges: ['steady'],
  },
  load: {
    size: 'suite',
    stages: [rampUp('30s'), warmUp('30s'), steady('5m'), rampDown],
    judges: ['steady'],
  },
  stress: {
    size: 'suite',
    stages: [rampUp('1m', 2), warmUp('30s', 2), steady('5m', 2), rampDown],
    judges: ['steady'],
  },
  spike: {
    size: 'suite',
    stages: [
      rampUp('10s', 0.5),
      warmUp('30s', 0.5),
      { phase: 'spike', level: 5, lasts: '5s' },
      { phase: 'spike', level: 5, lasts: '1m', setting: 'DURATION' },
      { phase: 'recovery', level: 0.5, lasts: '5s' },
      { phase: 'recovery', level: 0.5, lasts: '1m', setting: 'DURATION' },
      rampDown,
    ],
    judges: ['spike', 'recovery'],
  },
  soak: {
    size: 'suite',
    stages: [rampUp('1m'), warmUp('2m'), steady('2h'), rampDown],
    judges: ['steady'],
  },
  breakpoint: {
    size: 'suite',
    stages: [{ phase: 'ramp-up', level: 10, lasts: '20m', setting: 'DURATION' }],
    judges: ['ramp-up'],
    stopsOnFailure: true,
  },
  canary: {
    size: 'suite',
    stages: [steady('10m', 0.1)],
    judges: ['steady'],
  },
}

/** The names of all profiles. */
export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[]
