import type { ENVIRONMENTS } from './environments.ts'
import type { ProfileName } from './workload/profiles.ts'
import type { SettingName } from './settings/settings.ts'

/** What a setting is for, with an example, and what decides where it is not set and has no default. */
export interface SettingWords {
  meaning: string
  example: string
  otherwise?: string
}

/** The words of every setting, for `--help` and the docs. */
export const SETTING_WORDS: Readonly<Record<SettingName, SettingWords>> = {
  ENVIRONMENT: {
    meaning: 'the named place to test: target, scale, allowed hosts, caps and SLOs',
    example: 'staging',
  },
  PROFILE: { meaning: 'the shape of load', example: 'load' },
  BASE_URL: {
    meaning: 'the target',
    example: 'http://127.0.0.1:8080',
    otherwise: 'the environment’s target',
  },
  TUNNEL_URL: {
    meaning: 'the public URL of the tunnel in front of the target, whose host this run may load',
    example: 'https://mine.ngrok-free.app',
    otherwise: 'none; --tunnel sets it',
  },
  SCALE: {
    meaning: 'multiplies the size of every workload',
    example: '0.5',
    otherwise: 'the environment’s scale',
  },
  RATE: {
    meaning:
      'size of all open workloads together: iterations per second, before profile and scale; each keeps its share',
    example: '20',
    otherwise: 'the suite’s own',
  },
  VUS: {
    meaning:
      'size of all closed workloads together: VUs, before profile and scale; each keeps its share, rounded up',
    example: '10',
    otherwise: 'the suite’s own',
  },
  RAMP_UP: { meaning: 'how long ramp-up takes', example: '30s', otherwise: 'the profile’s' },
  WARM_UP: { meaning: 'how long warm-up lasts', example: '30s', otherwise: 'the profile’s' },
  DURATION: { meaning: 'how long each judged phase lasts', example: '5m', otherwise: 'the profile’s' },
  RAMP_DOWN: { meaning: 'how long ramp-down takes', example: '5s', otherwise: 'the profile’s' },
  SEED: {
    meaning: 'makes a run’s choices (rows, think time, weights) repeatable',
    example: '42',
    otherwise: 'random',
  },
  TIME_BUDGET: {
    meaning: 'time for a whole single pass, counted from init; no request outlives it',
    example: '10s',
  },
  REQUEST_TIMEOUT: { meaning: 'longest time for one request', example: '10s' },
  TRACE_RATIO: { meaning: 'share of traces that carry the sampled flag', example: '0.1' },
  SPANS: {
    meaning:
      'output of spans of sampled and failed steps: off, or lines on k6’s console, which --traces exports',
    example: 'console',
  },
  CHECK_ROWS: {
    meaning: 'what to do about data rows that the target does not know, tried once before load starts',
    example: 'quarantine',
  },
  RUN_ID: {
    meaning: 'the name of the run, in baggage and in the run record',
    example: 'nightly-17',
    otherwise: 'the time of the start',
  },
  SUMMARY: { meaning: 'whether the suite prints its end-of-test text', example: 'none' },
}

/** The words of every profile. */
export const PROFILE_WORDS: Readonly<Record<ProfileName, string>> = {
  smoke: 'does it work at all: one VU for each workload, briefly',
  load: 'the usual load of a busy hour',
  stress: 'twice the usual load',
  spike: 'a sudden rush of five times the usual load, and what follows it',
  soak: 'the usual load for hours: leaks, drift, exhaustion',
  breakpoint: 'rising to ten times the usual load, until a threshold breaks',
  canary: 'a tenth of the usual load, constant: continuous testing in production',
  replay: 'the arrivals of production as a log has them: calm and busy times, bursts',
}

/** The words of the environments that exist without a config. */
export const ENVIRONMENT_WORDS: Readonly<Record<keyof typeof ENVIRONMENTS, string>> = {
  shop: 'the embedded shop on this machine',
  dev: 'a developer’s machine, often through a tunnel',
  staging: 'the shared test system',
  'prod-sim': 'a copy of production, at production’s size',
}
