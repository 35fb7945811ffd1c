import { createHash } from 'node:crypto'
import type { Shape } from '../../../config/workload/shape.ts'
import { versionsOf } from '../instance.ts'
import { shortCommit } from '../metadata.ts'
import { ranScenarios } from '../ranScenarios.ts'
import type { RunRecord } from '../runRecord.ts'
import type { Conditions } from './measuredRun.ts'

/** Settings that are a condition of their own, and those that name a run. */
const NOT_TOLD = ['ENVIRONMENT', 'PROFILE', 'BASE_URL', 'RUN_ID', 'TUNNEL_URL', 'SUMMARY', 'SPANS']

/** The scenarios that k6 ran, in the order of their names. */
const scenariosOf = (record: RunRecord): [string, Shape][] =>
  Object.entries(ranScenarios(record)).sort(([a], [b]) => (a < b ? -1 : 1))

const textOf = (shape: Shape): string =>
  JSON.stringify(Object.entries(shape).sort(([a], [b]) => (a < b ? -1 : 1)))

const once = (texts: readonly (string | undefined)[]): string =>
  [...new Set(texts.filter((text) => text !== undefined && text !== ''))].sort().join(', ')

/** What must be equal for a run to be compared with another one. */
export function conditionsOf(record: RunRecord): Conditions {
  const { suite, script, profile, environment, embedded, target, hosts = [], load, instances } = record
  const shape = JSON.stringify([
    scenariosOf(record).map(([name, one]) => [name, textOf(one)]),
    load.segment?.text ?? '',
  ])
  return {
    suite: script ?? suite,
    profile,
    environment,
    // The embedded shop takes any free port.
    target: embedded ? 'the embedded shop' : script === undefined ? target : once(hosts),
    load: createHash('sha256').update(shape).digest('hex').slice(0, 12),
    k6: once(instances.map(({ k6 }) => /^v?\d+\.\d+/.exec(k6.version)?.[0])),
    generator: once(instances.map(({ machine }) => machine)),
    instances: String(instances.length),
  }
}

/** What else there is to know of a run where two are compared, as text by name. */
export function aboutRun(record: RunRecord): Record<string, string> {
  const { settings, metadata, instances, declared, faults, bundle } = record
  const told = Object.entries(settings).filter(([name]) => !NOT_TOLD.includes(name))
  const all: Record<string, string | undefined> = {
    ...Object.fromEntries(told.map(([name, value]) => [`setting ${name}`, String(value)])),
    ...Object.fromEntries(
      scenariosOf(record).map(([name, shape]) => [`load of ${name}`, textOf(shape).replace(/["[\]]/g, '')]),
    ),
    ...Object.fromEntries(
      (declared?.pools ?? []).flatMap(({ name, rows, sha256 }) => [
        [`rows of ${name}`, String(rows)],
        [`hash of the rows of ${name}`, sha256?.slice(0, 12)],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(declared?.phases ?? {}).flatMap(([scenario, phases]) =>
        phases.map(({ name, lasts }) => [`phase ${name} of ${scenario}`, `${lasts / 1000} s`]),
      ),
    ),
    version: metadata?.version,
    commit: metadata?.commit && shortCommit(metadata.commit) + (metadata.dirty ? ' + changes' : ''),
    branch: metadata?.branch,
    bundle: bundle.sha256.slice(0, 12),
    faults: faults.join(', '),
    k6: versionsOf(instances),
    loadwright: metadata?.loadwright,
    host: metadata?.host,
    region: once(instances.map(({ region }) => region)),
  }
  return Object.fromEntries(
    Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  )
}
