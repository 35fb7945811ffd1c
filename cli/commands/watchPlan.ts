import { quote } from '../../config/problem/problem.ts'
import { defined, refuse } from '../base/index.ts'
import type { Given, Project } from '../project/index.ts'
import { loadPlan, queryPlan, type Versions, type WatchPlan } from '../run/index.ts'
import { abortable } from './abort.ts'
import { durationOf } from './durations.ts'
import { toldOf } from './options.ts'
import { say } from './output.ts'

/** What decides a watch, of the flags of its command. */
export interface PlanFlags {
  canary?: string
  stable?: string
  for: string
  interval?: string
  tolerance?: string[]
  env?: string[]
  prometheus?: string
  query?: string[]
  traffic?: string
  results: string
}

/** What a run or a look takes, or is apart, unless told. */
const INTERVALS = { load: '30s', queries: '1m' } as const

/** The watch that flags and the config ask for. Throws UserError with what is wrong. */
export async function watchPlan(
  project: Project,
  suite: string | undefined,
  flags: PlanFlags,
): Promise<WatchPlan> {
  const { prometheus, query = [], traffic, tolerance = [], results } = flags
  const { load, queries } = INTERVALS
  const interval = flags.interval ?? (prometheus === undefined ? load : queries)
  const versions = versionsOf(flags)
  const forMs = durationOf('--for', flags.for)
  const intervalMs = durationOf('--interval', interval)
  const common = { versions, forMs, intervalMs }
  if (prometheus === undefined) {
    const { told, env: scriptEnv } = toldOf(flags)
    refuse([...foreign('--prometheus', { query: flags.query, traffic }), ...targetsIn(told)])
    const where = { project, suite, told, scriptEnv, results, abortable, say }
    return loadPlan({ ...common, ...where, tolerance })
  }
  refuse([...(project.problems ?? []), ...foreign('a watch by load', { suite, tolerance: flags.tolerance })])
  return queryPlan(project.config.watch ?? {}, {
    ...common,
    prometheus,
    query,
    env: process.env,
    ...defined({ traffic }),
  })
}

/** What belongs to the other kind of watch. */
const foreign = (to: string, given: Readonly<Record<string, unknown>>) =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => ({
      where: name === 'suite' ? 'watch' : `--${name}`,
      got: `a ${name}`,
      allowed: `only with ${to}`,
    }))

/** Settings that a watch sets itself. */
const targetsIn = ({ flags }: Given) =>
  [
    { where: '--base-url', value: flags.BASE_URL, allowed: 'nothing: --canary and --stable are the targets' },
    { where: '--duration', value: flags.DURATION, allowed: 'nothing: --interval is how long a run lasts' },
  ]
    .filter(({ value }) => value !== undefined)
    .map(({ where, value = '', allowed }) => ({ where, got: quote(value), allowed }))

function versionsOf({ canary = '', stable = '', prometheus }: PlanFlags): Versions {
  const allowed =
    prometheus === undefined ? 'its URL' : 'letters, digits and . _ - + / : @, as the series have it'
  const isWrong = (version: string): boolean =>
    prometheus === undefined ? version === '' : !/^[\w.+/:@-]+$/.test(version)
  const problems = Object.entries({ canary, stable })
    .filter(([, version]) => isWrong(version))
    .map(([name, version]) => ({
      where: `--${name}`,
      got: version === '' ? 'nothing' : quote(version),
      allowed,
    }))
  const same = { where: '--canary, --stable', got: `${quote(canary)} twice`, allowed: 'two versions' }
  refuse(problems.length === 0 && canary === stable ? [same] : problems)
  return { canary, stable }
}
