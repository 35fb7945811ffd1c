import { formatDuration } from '../../../config/duration.ts'
import { raiseOf, type Raise } from '../../../config/gate.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { parseHttpUrl } from '../../../config/url.ts'
import { EXIT, packageRoot, refuse } from '../../base/index.ts'
import { findEngine, progressTo } from '../../k6/index.ts'
import { type Given, type Plan, planRun, type Project } from '../../project/index.ts'
import { diskFolder } from '../../record/index.ts'
import { measurementOf, ROLLOUT_LIMITS, runIn } from '../../verdict/index.ts'
import { runPlan, type RunInputs } from '../run.ts'
import type { Versions } from './look.ts'
import type { WatchPlan } from './plan.ts'
import { watchLoad, type Made, type Side } from './watchLoad.ts'

/** What a watch by load is told. */
export interface LoadWatchGiven extends Pick<RunInputs, 'results' | 'abortable' | 'say'> {
  readonly project: Project
  readonly suite: string | undefined
  /** What flags say about settings, and further variables for the script. */
  readonly told: Given
  readonly scriptEnv: readonly string[]
  /** The URLs of both versions. */
  readonly versions: Versions
  /** `+10%` of times, `+0.5 points` of failures. */
  readonly tolerance: readonly string[]
  /** Milliseconds. */
  readonly forMs: number
  readonly intervalMs: number
}

/** What is tolerated unless told. */
const USUAL = { times: { by: 0.1, unit: 'share' }, failures: { by: 0.005, unit: 'points' } } as const

/** A watch that puts the same small load on both versions in turn. Throws UserError with everything that is wrong with it. */
export async function loadPlan(given: LoadWatchGiven): Promise<WatchPlan> {
  const { versions, forMs, intervalMs } = given
  const tolerances = {
    ...tolerancesOf(given.tolerance),
    planned: Math.floor(forMs / (2 * intervalMs) + 1e-9),
  }
  const { planned } = tolerances
  const { leastToPromote } = ROLLOUT_LIMITS
  refuse([
    ...urlProblems(versions),
    ...(planned >= leastToPromote
      ? []
      : [
          {
            where: '--for, --interval',
            got: `${planned} pairs of runs of ${formatDuration(intervalMs)} in ${formatDuration(forMs)}`,
            allowed: `${leastToPromote} pairs or more`,
            fix: `Give --for ${formatDuration(leastToPromote * 2 * intervalMs)} or longer.`,
          },
        ]),
  ])
  const plans = { stable: await planOf(given, 'stable'), canary: await planOf(given, 'canary') }
  const { manifest, settings } = plans.canary
  const load = `${manifest.suite}, profile ${settings.PROFILE}, in runs of ${formatDuration(intervalMs)}: ${planned} pairs after one that warms up`
  return {
    lines: [load, `  canary  ${versions.canary}`, `  stable  ${versions.stable}`],
    async run(how) {
      const engine = await given.abortable((signal) =>
        findEngine({ env: process.env, packageRoot, signal, ...progressTo(process.stderr) }),
      )
      given.say(load)
      return watchLoad({ ...how, versions, tolerances, make: (side) => made(plans[side], given, engine) })
    },
  }
}

/** The plan of one version's runs: the canary's profile, unless another one is told, as long as a run lasts. */
async function planOf(
  { project, suite, told, scriptEnv, versions, intervalMs }: LoadWatchGiven,
  side: Side,
): Promise<Plan> {
  const flags = {
    PROFILE: 'canary',
    ...told.flags,
    BASE_URL: versions[side],
    DURATION: formatDuration(intervalMs),
  }
  const plan = await planRun(project, suite, { ...told, flags }, { env: scriptEnv, more: QUIET })
  const { script, settings } = plan
  refuse([
    ...(script === undefined
      ? []
      : [{ where: 'watch', got: `the plain script ${script}`, allowed: 'a suite, whose load has profiles' }]),
    ...(settings.RUN_ID === undefined
      ? []
      : [
          {
            where: 'RUN_ID',
            got: quote(settings.RUN_ID),
            allowed: 'nothing: each run has a name of its own',
          },
        ]),
  ])
  return plan
}

/** k6's own progress would hide ours. */
const QUIET = ['--quiet']

/** Why a version does not work at all, where the same load works on the other one. */
const DOWN = [
  'target-unreachable',
  'target-silent',
  'target-failing',
  'rows-failed',
  'rows-unknown',
  'setup-threw',
]

async function made(plan: Plan, given: LoadWatchGiven, engine: RunInputs['engine']): Promise<Made> {
  const { results, abortable, say, scriptEnv: env } = given
  const inputs: RunInputs = {
    engine,
    results,
    abortable,
    say,
    env,
    faults: [],
    record: 'on',
    live: false,
    more: QUIET,
  }
  const { record, folder } = await runPlan(plan, inputs, () => undefined)
  const isInterrupted = record.exitCode === EXIT.interrupted
  const [reason] = record.reasons
  const isDown = record.reasons.some(({ code }) => DOWN.includes(code))
  const why = reason?.text ?? ''
  if (record.verdict === 'invalid') return { why, isDown, isInterrupted }
  const measured = await measurementOf(await runIn(diskFolder(folder)))
  if ('why' in measured) return { why: measured.why, isDown, isInterrupted }
  return { block: { measured, thresholds: record.thresholds }, why, isDown, isInterrupted }
}

function urlProblems(versions: Versions): Problem[] {
  return (['canary', 'stable'] as const)
    .filter((side) => parseHttpUrl(versions[side]) === undefined)
    .map((side) => ({
      where: `--${side}`,
      got: quote(versions[side]),
      allowed:
        'a URL such as https://canary.example.com; or --prometheus, and versions as its series have them',
    }))
}

/** Reads `--tolerance`: what is in percent is of times, what is in points of failures. */
function tolerancesOf(given: readonly string[]): { times: Raise; failures: Raise } {
  const read = given.map((text) => ({ text, raise: raiseOf(text) }))
  refuse(
    read
      .filter(({ raise }) => raise === undefined)
      .map(({ text }) => ({
        where: '--tolerance',
        got: quote(text),
        allowed: '+10% of times, +0.5 points of failures',
      })),
  )
  const of = (unit: Raise['unit']): Raise | undefined =>
    read.findLast(({ raise }) => raise?.unit === unit)?.raise
  return { times: of('share') ?? USUAL.times, failures: of('points') ?? USUAL.failures }
}
