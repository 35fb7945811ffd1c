import type { EnvironmentSettings } from './settings/environmentSettings.ts'
import type { Slos } from './slos.ts'
import { PROFILE_NAMES, type ProfileName } from './workload/profiles.ts'

/** The most that a run in an environment may ask for; more is refused before it starts. */
export interface Caps {
  /** VUs of all scenarios together. */
  vus: number
  /** Iterations started per second, all scenarios together. */
  rate: number
  /** From the first start to the last stop, as k6 writes durations. */
  duration: string
}

/** A named place where the system under test runs: its target, scale, and what may be done to it. */
export interface Environment {
  /** The URL used where BASE_URL is not set. */
  target?: string
  /** Multiplies the size that a suite gives. */
  scale: number
  /** Host names that may be loaded, `*.example.com` for any name below; loopback is always allowed. */
  hosts: readonly string[]
  profiles: readonly ProfileName[]
  caps: Caps
  /**
   * Thresholds of every suite that runs here, by metric, journey or step, with who answers for them; a suite's own
   * threshold on the same metric replaces one.
   */
  slos: Slos
  /**
   * What settings are here where neither a flag nor a variable of the shell says otherwise, such as
   * `{ PROFILE: 'load', DURATION: '2m' }`. The target and the scale are keys of their own.
   */
  settings?: EnvironmentSettings
}

const FEW = ['rate<0.01']

/** The usual SLOs that judge those suites alone that send operations of GraphQL, or make calls of gRPC. */
export const SLOS_OF_DOORS = { graphql_operation_failed: FEW, grpc_call_failed: FEW }

/** What an environment is unless it says otherwise: loopback only, any profile, modest caps, the usual SLOs. */
export const PLAIN: Environment = {
  scale: 1,
  hosts: [],
  profiles: PROFILE_NAMES,
  caps: { vus: 500, rate: 100, duration: '1h' },
  slos: { journey_failed: FEW, checks: ['rate>0.99'], http_req_failed: FEW, ...SLOS_OF_DOORS },
}

/** The environments that exist without a `loadwright.config.ts`. */
export const ENVIRONMENTS: Readonly<Record<string, Environment>> = {
  shop: { ...PLAIN, target: 'http://127.0.0.1:8080', caps: { vus: 6000, rate: 400, duration: '4h' } },
  dev: {
    ...PLAIN,
    scale: 0.5,
    hosts: ['*.ngrok-free.app', '*.ngrok-free.dev', '*.trycloudflare.com', '*.svc', '*.svc.cluster.local'],
    profiles: PROFILE_NAMES.filter((name) => name !== 'soak'),
    caps: { vus: 2000, rate: 100, duration: '1h' },
  },
  staging: { ...PLAIN, caps: { vus: 5000, rate: 300, duration: '4h' } },
  'prod-sim': { ...PLAIN, scale: 2, caps: { vus: 10_000, rate: 1000, duration: '8h' } },
}

/** What may be said of an environment: everything is optional over an existing one. */
export interface EnvironmentChange extends Partial<Omit<Environment, 'caps'>> {
  caps?: Partial<Caps>
}

/** What a config says of environments, by name. */
export interface EnvironmentChanges {
  environments?: Readonly<Record<string, EnvironmentChange>>
}

/** All environments: the built-in ones with the config's changes over them, then those it adds. */
export const environments = (config: EnvironmentChanges = {}): Record<string, Environment> => {
  const all: Record<string, Environment> = { ...ENVIRONMENTS }
  for (const [name, change] of Object.entries(config.environments ?? {})) {
    const base = (Object.hasOwn(all, name) ? all[name] : undefined) ?? PLAIN
    all[name] = {
      ...base,
      ...change,
      caps: { ...base.caps, ...change.caps },
      slos: { ...base.slos, ...change.slos },
    }
  }
  return all
}
