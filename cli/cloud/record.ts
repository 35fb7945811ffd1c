import { relative } from 'node:path'
import type { CloudConfig } from '../../config/index.ts'
import { EXIT } from '../errors.ts'
import type { Engine } from '../k6/index.ts'
import { withoutSecrets } from '../run/command.ts'
import type { Plan } from '../run/plan.ts'
import { SCHEMA, type RunRecord } from '../run/record.ts'

/** What a cloud run asked for, and where it is to be seen. */
export interface CloudRun {
  /** The test's name, by which the cloud knows it. */
  name: string
  /** The run's page; absent where none was started. */
  link?: string
  project?: number
  stack?: number
  /** It ran here, and sent its metrics there. */
  localExecution: boolean
  /** Planned: the most VUs × hours; absent where they are not known. */
  vuHours?: number
  distribution?: NonNullable<CloudConfig['distribution']>
}

/** The record of a cloud run until it has ended: invalid, so that one that was cut short says so. */
export function cloudBeginning(
  { manifest, settings, judged, suite, script, embedded }: Plan,
  { id, engine, args, cloud }: { id: string; engine: Engine; args: readonly string[]; cloud: CloudRun },
): RunRecord {
  return {
    ...{ schema: SCHEMA, id, suite: manifest.suite, mode: 'cloud', cloud },
    bundle: { file: relative(process.cwd(), suite.path), sha256: suite.manifest.sha256 },
    ...(script === undefined ? {} : { script }),
    ...{ state: 'running', verdict: 'invalid', exitCode: EXIT.invalid },
    reasons: ['the run has not ended, or was cut short'],
    startedAt: new Date().toISOString(),
    environment: settings.ENVIRONMENT,
    profile: script === undefined ? settings.PROFILE : 'script',
    target: settings.BASE_URL,
    ...{ embedded, settings, faults: [], judgedPhases: judged },
    k6: { version: engine.version, path: engine.path, command: withoutSecrets(args) },
    ...{ journeys: [], thresholds: [], checks: [], failures: [], failedRequests: [], badRows: [] },
    totals: { iterations: 0, dropped: 0, requests: 0, checks: 0, failedChecks: 0 },
    problems: [],
  }
}
