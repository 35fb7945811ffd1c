import type { Options } from 'k6/options'
import {
  decodePhases,
  isOpen,
  judgedPhases,
  message,
  parseDuration,
  PHASES_VARIABLE,
  quote,
  rescale,
  totalPeak,
  withJudgedPhases,
  PROFILES,
  type Environment,
  type K6Threshold,
  type Problem,
  type Settings,
} from '../config/index.ts'
import type { Scenario } from './scenario.ts'

/** What a suite's options are made of. */
export interface OptionsInput {
  name: string
  scenarios: Readonly<Record<string, Scenario>>
  thresholds: Readonly<Record<string, readonly K6Threshold[]>>
  settings: Settings
  /** Undefined where the settings name none; then there is a problem already. */
  environment: Environment | undefined
  problems: Problem[]
  options: Options
}

/** Statistics that a summary gives; `count` tells a value from no samples at all. */
const TREND_STATS = ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count']

/** `url` repeats `name`, `error` is free text, the others never vary: each would only lengthen every series. */
const SYSTEM_TAGS = [
  'status',
  'method',
  'name',
  'group',
  'check',
  'error_code',
  'scenario',
  'expected_response',
  'proto',
  'tls_version',
]

/** k6's options of a suite. Throws one error with every problem. */
export function suiteOptions(input: OptionsInput): Options {
  const { name, settings, environment, options } = input
  const problems = [...input.problems]
  const scenarios = resize(input.scenarios, settings, problems)
  const asked = { ...sloDefaults(input), ...input.thresholds }
  if (environment) problems.push(...capProblems(scenarios, environment, settings.ENVIRONMENT))
  if (problems.length > 0) throw new Error(`suite ${quote(name)}: ${message(problems)}`)

  const phases = Object.values(scenarios).flatMap(({ env }) =>
    judgedPhases(decodePhases(env?.[PHASES_VARIABLE])),
  )
  const judged = withJudgedPhases(asked, [...new Set(phases)])
  return {
    systemTags: SYSTEM_TAGS,
    ...options,
    summaryTrendStats: [...TREND_STATS, ...(options.summaryTrendStats ?? [])],
    scenarios: Object.fromEntries(
      Object.entries(scenarios).map(([key, { exec, weight, ...scenario }]) => [
        key,
        withJourneyTag(scenario, exec.parts),
      ]),
    ),
    thresholds: {
      ...(PROFILES[settings.PROFILE].stopsOnFailure ? stopping(judged) : judged),
      ...shown(scenarios),
    },
  } as Options
}

/** RATE and VUS are totals: each open or closed scenario keeps its share of them. */
function resize(
  scenarios: Readonly<Record<string, Scenario>>,
  { RATE, VUS }: Settings,
  problems: Problem[],
): Record<string, Scenario> {
  const all = Object.values(scenarios)
  const total = totalPeak(all.filter(isOpen)).rate
  const users = totalPeak(all.filter((scenario) => !isOpen(scenario))).vus
  if (RATE !== undefined && total === 0)
    problems.push({
      where: 'RATE',
      got: String(RATE),
      allowed: 'nothing: this profile starts no iterations at a rate',
      fix: 'Set VUS, or another PROFILE.',
    })
  if (VUS !== undefined && users === 0)
    problems.push({
      where: 'VUS',
      got: String(VUS),
      allowed: 'nothing: no workload of this suite is closed',
      fix: 'Set RATE.',
    })
  const factor = (scenario: Scenario): number =>
    isOpen(scenario)
      ? RATE !== undefined && total > 0
        ? RATE / total
        : 1
      : VUS !== undefined && users > 0
        ? VUS / users
        : 1
  return Object.fromEntries(
    Object.entries(scenarios).map(([key, scenario]) => {
      const by = factor(scenario)
      return [key, by === 1 ? scenario : rescale(scenario, by)]
    }),
  )
}

/** The environment's SLOs, without those whose metric the suite itself judges as a whole. */
function sloDefaults({ environment, thresholds }: OptionsInput): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(environment?.slos ?? {}).filter(([key]) => !(key in thresholds)))
}

function capProblems(scenarios: Record<string, Scenario>, { caps }: Environment, name: string): Problem[] {
  const asked = totalPeak(Object.values(scenarios))
  const seconds = (parseDuration(caps.duration) ?? 0) / 1000
  const over = (what: string, got: number, cap: number, unit: string, fix: string): Problem[] =>
    got <= cap * 1.000_001
      ? []
      : [
          {
            where: `the cap of ${name} on ${what}`,
            got: `${Math.round(got * 100) / 100}${unit}`,
            allowed: `at most ${cap}${unit}`,
            fix,
          },
        ]
  return [
    ...over('VUs', asked.vus, caps.vus, ' VUs', 'Lower SCALE, RATE or VUS.'),
    ...over('rate', asked.rate, caps.rate, ' iterations/s', 'Lower SCALE or RATE.'),
    ...over('duration', asked.seconds, seconds, ' s', 'Shorten DURATION.'),
  ]
}

/** Tags a scenario with its journey where it has just one, so that dropped iterations carry it too. */
function withJourneyTag(scenario: Omit<Scenario, 'exec'>, parts: Scenario['exec']['parts']): object {
  const [only] = parts
  return parts.length === 1 && only
    ? { ...scenario, tags: { journey: only.journey, ...scenario.tags } }
    : scenario
}

function stopping(thresholds: Record<string, K6Threshold[]>): Record<string, K6Threshold[]> {
  const stop = (threshold: K6Threshold): K6Threshold =>
    typeof threshold === 'string' ? { threshold, abortOnFail: true, delayAbortEval: '10s' } : threshold
  return Object.fromEntries(Object.entries(thresholds).map(([key, list]) => [key, list.map(stop)]))
}

/** Empty thresholds: they judge nothing, but make k6 keep the sub-metrics that the end-of-test text shows. */
function shown(scenarios: Record<string, Scenario>): Record<string, K6Threshold[]> {
  const journeys = Object.values(scenarios).flatMap(({ exec }) => exec.parts.map(({ journey }) => journey))
  return Object.fromEntries(
    [...new Set(journeys)].flatMap((journey) =>
      ['journeys_started', 'journeys_completed'].map((metric) => [`${metric}{journey:${journey}}`, []]),
    ),
  )
}
