import { createHash } from 'node:crypto'
import type { Variables } from '../../../config/settings/settings.ts'
import { K6_METRICS, PROTOCOL_METRICS, type MetricKind } from '../../../config/thresholds/metricKinds.ts'
import { decodePhases } from '../../../config/workload/phases.ts'
import { PHASES_VARIABLE } from '../../../config/workload/phasesVariable.ts'
import { CATALOG, SETTINGS_ARRAY, TABLE, type MetricEntry } from '../../../lib/catalog.ts'
import type { Evaluated } from '../../../testing/evaluate.ts'
import { MONITOR_BYTES } from './bundle.ts'
import { narrowedFromNone } from './slos.ts'
import type { SuiteWalk } from './suiteWalk.ts'
import type { SuiteOptions, Manifest, MetricDeclaration } from '../../record/index.ts'

/** Description of a suite, from its default export. */
export interface SuiteExports {
  options: SuiteOptions
  default: { definition: Definition }
}

/** What of a suite's definition is declared in its manifest. */
interface Definition {
  name: string
  scenarios: Readonly<Record<string, { exec: { journeys: readonly { journey: string }[] } }>>
  metrics?: readonly { [TABLE]: Declared }[]
  thresholds?: object
}

interface Declared {
  prefix: string
  table: Readonly<Record<string, MetricEntry>>
}

/** The name of every journey that a suite may run; twice where two have the same. */
export function journeyNames({ scenarios }: Definition): string[] {
  const journeys = new Set(Object.values(scenarios).flatMap(({ exec }) => exec.journeys))
  return [...journeys].map(({ journey }) => journey)
}

/** The manifest of an evaluated bundle, and of what its walk showed. */
export function manifestOf(
  evaluated: Evaluated,
  about: { source: string; code: string; baked: Variables },
  walk: SuiteWalk,
): Manifest {
  const {
    options,
    default: { definition },
  } = evaluated.exports as unknown as SuiteExports
  const { metrics, sharedArrays } = evaluated.seen
  const bytes = Buffer.byteLength(about.code)
  const plain = JSON.parse(JSON.stringify(options)) as SuiteOptions
  return {
    suite: definition.name,
    source: about.source,
    bytes,
    monitor: bytes <= MONITOR_BYTES,
    sha256: hashOf(about.code),
    baked: about.baked,
    journeys: journeyNames(definition),
    metrics: metrics.map(({ name, type, isTime }) => ({ name, type, isTime })),
    own: ownOf(
      metrics,
      (definition.metrics ?? []).map((one) => one[TABLE]),
    ),
    pools: sharedArrays
      .filter(({ name }) => name !== SETTINGS_ARRAY)
      .map(({ name, length, rows }) => ({ name, rows: length, sha256: hashOf(rows.join('\n')) })),
    options: plain,
    slos: narrowedFromNone(Object.keys(plain.thresholds), Object.keys(definition.thresholds ?? {})),
    phases: Object.fromEntries(
      Object.entries(plain.scenarios).map(([name, { env }]) => [name, decodePhases(env?.[PHASES_VARIABLE])]),
    ),
    steps: walk.steps,
    iteration: walk.iteration,
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

function ownOf(
  seen: readonly { name: string; type: string; isTime: boolean }[],
  tables: readonly Declared[],
): MetricDeclaration[] {
  const declared = tables.flatMap(({ prefix, table }) =>
    Object.entries(table).map(([name, entry]): MetricDeclaration => ({
      name: `${prefix}_${name}`,
      ...entry,
    })),
  )
  // A Rate of a table comes with two Counters, which are part of it.
  const known = new Set([
    ...[...Object.keys(K6_METRICS), ...Object.keys(PROTOCOL_METRICS), ...Object.keys(CATALOG)],
    ...declared.flatMap(({ name }) => [name, `${name}_nonzero`, `${name}_zero`]),
  ])
  const others = seen
    .filter(({ name }) => !known.has(name))
    .map(({ name, type, isTime }): MetricDeclaration => {
      const kind = type.toLowerCase() as MetricKind
      return { name, kind, meaning: `the ${kind} ${name}`, ...(isTime ? { unit: 'ms' } : {}) }
    })
  return [...declared, ...others]
}
