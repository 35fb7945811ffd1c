import type { Options } from 'k6/options'
import type { Environment } from '../../config/environments.ts'
import { message, quote, type Problem } from '../../config/problem/problem.ts'
import type { Reading } from '../../config/settings/readSettings.ts'
import type { Settings } from '../../config/settings/settings.ts'
import { sum } from '../../config/sum.ts'
import { narrowThresholds } from '../../config/thresholds/narrowThresholds.ts'
import { tagOf } from '../../config/thresholds/thresholdKey.ts'
import { TREND_STATS, type K6Threshold } from '../../config/thresholds/thresholds.ts'
import { decodePhases } from '../../config/workload/phases.ts'
import { PHASES_VARIABLE } from '../../config/workload/phasesVariable.ts'
import { PROFILES, type Profile } from '../../config/workload/profiles.ts'
import { isOpen, scaleShape, seconds, totalPeak, type Shape } from '../../config/workload/shape.ts'
import type { ExecutorScenario, Scenarios } from '../scenario.ts'
import { capPace } from './capPace.ts'
import { mapValues } from './mapValues.ts'
import { journeysOf, sizeOf } from './scenarios.ts'
import { shaped } from './shaped.ts'
import { silent } from './silent.ts'

/** Input of a suite's options, beside the settings. */
export interface OptionsInput {
  name: string
  scenarios: Scenarios
  thresholds?: Readonly<Record<string, readonly K6Threshold[]>>
  options?: Options
}

/** `url` repeats `name`, `error` is free text, the others never vary: each would only lengthen every series. */
const SYSTEM_TAGS =
  'status,method,name,group,check,error_code,scenario,expected_response,proto,tls_version'.split(',')

/** k6's options of a suite. Throws one error with every problem. */
export const suiteOptions = (
  { name, scenarios: given, thresholds, options = {} }: OptionsInput,
  { settings, environment, problems: unread }: Reading,
): Options => {
  const problems = [...unread]
  const profile = PROFILES[settings.PROFILE]
  // Without a profile and a scale, which are told of, no workload has a shape.
  const known = (profile as Profile | undefined)?.size && settings.SCALE
  const scenarios = known ? resize(given, settings, problems) : {}
  if (environment) problems.push(...capProblems(scenarios, environment, settings.ENVIRONMENT))
  if (problems.length > 0) throw new Error(`suite ${quote(name)}: ${message(problems)}`)

  const least = profile.size === 'one' ? capPace(scenarios, environment) : 0
  // Owners are left out of a bundle: what is here are lists.
  const slos = mapValues(
    (environment?.slos ?? {}) as Readonly<Record<string, readonly string[]>>,
    (list, key) => (silent[key.split('{')[0] as string] ? [] : list),
  )
  const judged = narrowThresholds({ ...slos, ...thresholds }, (key) => judgedTags(key, scenarios))
  return {
    systemTags: SYSTEM_TAGS,
    ...options,
    summaryTrendStats: [...TREND_STATS, ...(options.summaryTrendStats ?? [])],
    // The journey's tag, where there is just one, so that dropped iterations carry it too; the author's own tags here,
    // since a `--tag` on k6's command line would drop them.
    scenarios: mapValues(scenarios, ({ exec: { journeys }, ...scenario }) => ({
      ...scenario,
      ...paced(scenario.env, least),
      tags: {
        ...options.tags,
        ...(journeys.length === 1 && { journey: journeys[0]?.journey }),
        ...scenario.tags,
      },
    })),
    thresholds: {
      ...(profile.stopsOnFailure ? mapValues(judged, (list) => list.map(stopping)) : judged),
      ...shown(scenarios),
    },
  } as Options
}

/** The scenarios as k6 has them. RATE and VUS replace the size of all open or closed ones together; each keeps its share. */
const resize = (
  given: Scenarios,
  settings: Settings,
  problems: Problem[],
): Record<string, ExecutorScenario> => {
  const { PROFILE } = settings
  const scenarios = shaped(given, settings, problems)
  const factor = (name: 'RATE' | 'VUS', open: boolean): number => {
    const asked = settings[name]
    if (!asked) return 1
    const size = sum(
      Object.entries(given).map(([name, scenario]) =>
        isOpen(scenarios[name] as Shape) === open ? sizeOf(scenario) : 0,
      ),
    )
    if (size > 0 && PROFILES[PROFILE].size === 'suite') return asked / size
    problems.push({
      where: name,
      got: String(asked),
      allowed: `nothing: no workload of ${PROFILE} has such a size`,
      fix: 'Set another PROFILE, or leave it out.',
    })
    return 1
  }
  const [rate, vus] = [factor('RATE', true), factor('VUS', false)]
  return mapValues(scenarios, (scenario) => scaleShape(scenario, isOpen(scenario) ? rate : vus))
}

/**
 * What narrows a key of thresholds to what is judged: the judged phases of the scenarios that it can mean, and those
 * scenarios that have no phases as a whole. Nothing where none of them has phases.
 */
const judgedTags = (key: string, scenarios: Readonly<Record<string, ExecutorScenario>>): string[] => {
  const journey = tagOf(key, 'journey')
  const phases = new Set<string>()
  const whole: string[] = []
  for (const [name, { exec, env }] of Object.entries(scenarios)) {
    if ((tagOf(key, 'scenario') ?? name) !== name) continue
    if (journey && !exec.journeys.some((one) => one.journey === journey)) continue
    const judged = decodePhases(env?.[PHASES_VARIABLE]).filter((phase) => phase.judged)
    for (const phase of judged) phases.add(`phase:${phase.name}`)
    if (judged.length === 0) whole.push(`scenario:${name}`)
  }
  return phases.size === 0 ? [] : [...phases, ...whole]
}

/** What passes the caps of an environment. */
const capProblems = (
  scenarios: Readonly<Record<string, Shape>>,
  { caps }: Environment,
  name: string,
): Problem[] => {
  const asked = totalPeak(Object.values(scenarios))
  const rows = [
    [
      'VUs',
      asked.vus,
      caps.vus,
      'VUs',
      asked.rate ? 'SCALE, RATE or typicalSeconds of a journey' : 'SCALE or VUS',
    ],
    ['rate', asked.rate, caps.rate, 'iterations/s', 'SCALE or RATE'],
    ['duration', asked.seconds, seconds(caps.duration), 's', 'DURATION'],
  ] as const
  return rows
    .filter(([, got, cap]) => got > cap * 1.000_001)
    .map(([what, got, cap, unit, fix]) => ({
      where: `the cap of ${name} on ${what}`,
      got: `${Math.round(got * 100) / 100} ${unit}`,
      allowed: `at most ${cap} ${unit}`,
      fix: `Lower ${fix}.`,
    }))
}

const stopping = (threshold: K6Threshold): K6Threshold =>
  typeof threshold === 'string' ? { threshold, abortOnFail: true, delayAbortEval: '10s' } : threshold

/** The pace of a VU at least so long (milliseconds). */
const paced = (env: ExecutorScenario['env'], least: number): Pick<ExecutorScenario, 'env'> => {
  const [phases, pace = 0] = (env?.[PHASES_VARIABLE] ?? '').split(' @')
  const longest = Math.ceil(Math.max(Number(pace), least))
  return phases && longest > 0 ? { env: { ...env, [PHASES_VARIABLE]: `${phases} @${longest}` } } : {}
}

/** Empty thresholds: they judge nothing, but make k6 keep the sub-metrics that the end-of-test text shows. */
const shown = (scenarios: Scenarios): Record<string, K6Threshold[]> =>
  Object.fromEntries(
    journeysOf(scenarios).flatMap(({ journey }) =>
      ['started', 'completed'].map((end) => [`journeys_${end}{journey:${journey}}`, []]),
    ),
  )
