import type { Options } from 'k6/options'
import {
  TREND_STATS,
  decodePhases,
  isOpen,
  judgedPhases,
  message,
  parseDuration,
  PHASES_VARIABLE,
  quote,
  rescale,
  totalPeak,
  narrowed,
  tagOf,
  PROFILES,
  type Environment,
  type K6Threshold,
  type Problem,
  type Settings,
} from '../config/index.ts'
import { sizeOf, type Scenario } from './scenario.ts'

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
export const suiteOptions = (input: OptionsInput): Options => {
  const { name, settings, environment, options } = input
  const problems = [...input.problems]
  const scenarios = resize(input.scenarios, settings, problems)
  const asked = { ...sloDefaults(input), ...input.thresholds }
  if (environment) problems.push(...capProblems(scenarios, environment, settings.ENVIRONMENT))
  if (problems.length > 0) throw new Error(`suite ${quote(name)}: ${message(problems)}`)

  const judged = narrowed(asked, (key) => judgedTags(key, scenarios))
  return {
    systemTags: SYSTEM_TAGS,
    ...options,
    summaryTrendStats: [...TREND_STATS, ...(options.summaryTrendStats ?? [])],
    scenarios: Object.fromEntries(
      Object.entries(scenarios).map(([key, { exec, weight, ...scenario }]) => [
        key,
        withTags(scenario, exec.parts, options.tags),
      ]),
    ),
    thresholds: {
      ...(PROFILES[settings.PROFILE].stopsOnFailure ? stopping(judged) : judged),
      ...shown(scenarios),
    },
  } as Options
}

/** RATE and VUS replace the size of all open or closed scenarios together; each keeps its share. */
const resize = (
  scenarios: Readonly<Record<string, Scenario>>,
  settings: Settings,
  problems: Problem[],
): Record<string, Scenario> => {
  const { PROFILE } = settings
  const factor = (name: 'RATE' | 'VUS', open: boolean): number => {
    const asked = settings[name]
    if (asked === undefined) return 1
    const sizes = Object.values(scenarios).map((scenario) =>
      isOpen(scenario) === open ? sizeOf(scenario) : 0,
    )
    const size = sizes.reduce((total, one) => total + one, 0)
    if (size > 0 && PROFILES[PROFILE].size === 'suite') return asked / size
    const fix = 'Set another PROFILE, or leave it out.'
    problems.push({
      where: name,
      got: String(asked),
      allowed: `nothing: no workload of ${PROFILE} has such a size`,
      fix,
    })
    return 1
  }
  const [rate, vus] = [factor('RATE', true), factor('VUS', false)]
  return Object.fromEntries(
    Object.entries(scenarios).map(([key, scenario]) => {
      const by = isOpen(scenario) ? rate : vus
      return [key, by === 1 ? scenario : rescale(scenario, by)]
    }),
  )
}

/**
 * What narrows a key of thresholds to what is judged: the judged phases of the scenarios that it can mean, and those
 * scenarios that have no phases as a whole. Nothing where none of them has phases.
 */
const judgedTags = (key: string, scenarios: Readonly<Record<string, Scenario>>): string[] => {
  const journey = tagOf(key, 'journey')
  const meant = Object.entries(scenarios)
    .filter(
      ([name, { exec }]) =>
        (tagOf(key, 'scenario') ?? name) === name &&
        (journey === undefined || exec.parts.some((part) => part.journey === journey)),
    )
    .map(([name, { env }]) => ({ name, phases: judgedPhases(decodePhases(env?.[PHASES_VARIABLE])) }))
  const phases = new Set(meant.flatMap((scenario) => scenario.phases))
  const whole = meant.filter((scenario) => scenario.phases.length === 0)
  return phases.size === 0
    ? []
    : [...[...phases].map((phase) => `phase:${phase}`), ...whole.map(({ name }) => `scenario:${name}`)]
}

/** The environment's SLOs, without those whose metric the suite itself judges as a whole. */
const sloDefaults = ({ environment, thresholds }: OptionsInput): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(environment?.slos ?? {}).filter(([key]) => !(key in thresholds)))

const capProblems = (scenarios: Record<string, Scenario>, { caps }: Environment, name: string): Problem[] => {
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

/**
 * Tags a scenario with its journey where it has just one, so that dropped iterations carry it too, and with the
 * author's `options.tags`, which a `--tag` on k6's command line would drop.
 */
const withTags = (
  scenario: Omit<Scenario, 'exec'>,
  parts: Scenario['exec']['parts'],
  tags: Options['tags'],
): object => {
  const [only] = parts
  const journey = parts.length === 1 && only ? { journey: only.journey } : {}
  return { ...scenario, tags: { ...tags, ...journey, ...scenario.tags } }
}

const stopping = (thresholds: Record<string, K6Threshold[]>): Record<string, K6Threshold[]> => {
  const stop = (threshold: K6Threshold): K6Threshold =>
    typeof threshold === 'string' ? { threshold, abortOnFail: true, delayAbortEval: '10s' } : threshold
  return Object.fromEntries(Object.entries(thresholds).map(([key, list]) => [key, list.map(stop)]))
}

/** Empty thresholds: they judge nothing, but make k6 keep the sub-metrics that the end-of-test text shows. */
const shown = (scenarios: Record<string, Scenario>): Record<string, K6Threshold[]> => {
  const journeys = Object.values(scenarios).flatMap(({ exec }) => exec.parts.map(({ journey }) => journey))
  return Object.fromEntries(
    [...new Set(journeys)].flatMap((journey) =>
      ['journeys_started', 'journeys_completed'].map((metric) => [`${metric}{journey:${journey}}`, []]),
    ),
  )
}
