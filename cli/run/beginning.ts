import { relative } from 'node:path'
import { expressionOf } from '../../config/thresholds/thresholds.ts'
import { defined, EXIT } from '../base/index.ts'
import { flagPairs, type Engine } from '../k6/index.ts'
import { loadOf, withoutSecrets, type InstancePart, type Plan } from '../project/index.ts'
import {
  createStore,
  figuresOf,
  machineClass,
  SCHEMA,
  sumOf,
  type SuiteDeclarations,
  type Metadata,
  type RunRecord,
} from '../record/index.ts'
import { notEnded } from '../verdict/index.ts'

/** How a run is started. */
export interface Start {
  id: string
  /** Absent where k6 runs elsewhere: who it is shows while it runs. */
  engine?: Engine
  /** k6's arguments. */
  args: readonly string[]
  metadata: Metadata
  faults?: readonly string[]
  /** The k6 that make the run together, with the arguments of each; one k6 if left out. */
  parts?: readonly { part: InstancePart; args: readonly string[] }[]
}

/** The record as it is until the run has ended: invalid, so that one that was cut short says so. */
export function beginning(
  plan: Plan,
  { id, engine, args, metadata, faults = [], parts = [] }: Start,
): RunRecord {
  const { manifest, settings, suite, script, embedded, hosts = [] } = plan
  const load = loadOf(args, plan)
  const judgedPhases = load.replaced ? [] : plan.judged
  const command = withoutSecrets(args)
  const { region } = metadata
  return {
    schema: SCHEMA,
    id,
    suite: manifest.suite,
    bundle: { file: relative(process.cwd(), suite.path), sha256: suite.manifest.sha256 },
    ...(script === undefined ? {} : { script }),
    state: 'running',
    verdict: 'invalid',
    reasons: notEnded(),
    exitCode: EXIT.invalid,
    startedAt: new Date().toISOString(),
    environment: settings.ENVIRONMENT,
    profile: script === undefined ? settings.PROFILE : 'script',
    target: settings.BASE_URL,
    ...(hosts.length > 0 ? { hosts } : {}),
    embedded,
    settings,
    faults,
    judgedPhases,
    load,
    variables: flagPairs(command),
    instances: engine
      ? (parts.length > 0 ? parts : [{ part: undefined, args }]).map(({ part, args }) => ({
          ...defined({ id: part?.id, segment: part?.segment, region }),
          k6: { version: engine.version, path: engine.path, command: withoutSecrets(args) },
          machine: machineClass(),
        }))
      : [],
    metadata,
    declared: declaredBy(plan),
    journeys: figuresOf(createStore(), { ...manifest, judged: judgedPhases }),
    thresholds: [],
    checks: [],
    failures: [],
    failedRequests: [],
    badRows: [],
    totals: sumOf([]),
    problems: [],
  }
}

/** What a suite declares, without the variables and tags of its scenarios, which may be anything. */
function declaredBy({ manifest, owners = [] }: Plan): SuiteDeclarations {
  const { metrics, own, pools, phases, options, slos, iteration, production } = manifest
  const scenarios = Object.entries(options.scenarios).map(
    ([name, { env: _env, tags: _tags, ...shape }]) => [name, shape] as const,
  )
  const http = Object.values(iteration).some(({ http }) => http)
  const thresholds = Object.fromEntries(
    Object.entries(options.thresholds)
      .map(([key, list]) => [key, list.map(expressionOf)] as const)
      .filter(([, list]) => list.length > 0),
  )
  return {
    metrics,
    own,
    thresholds,
    pools,
    phases,
    slos,
    ...(owners.length > 0 ? { owners } : {}),
    ...(production === undefined ? {} : { production }),
    http,
    scenarios: Object.fromEntries(scenarios),
  }
}
