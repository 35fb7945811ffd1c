import { formatDuration } from '../../../config/duration.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { metricProblems, watchProblems, type WatchConfig, type WatchMetric } from '../../../config/watch.ts'
import { refuse, serverUrlProblems } from '../../base/index.ts'
import { longestRange } from '../../prometheus/index.ts'
import { accessOf } from '../../telemetry/index.ts'
import { ROLLOUT_LIMITS } from '../../verdict/index.ts'
import { asker } from './ask.ts'
import { CLOCK } from './clock.ts'
import type { Versions } from './look.ts'
import type { WatchPlan } from './plan.ts'
import { queryOf, queryProblems, questionOf, type Questions } from './question.ts'
import { tryQuestions, watchQueries } from './watchQueries.ts'

/** What a watch by questions is told. */
export interface QueryWatchGiven {
  readonly prometheus: string
  readonly versions: Versions
  /** `name=PromQL`; they go before the config's metrics. */
  readonly query: readonly string[]
  readonly traffic?: string
  /** Milliseconds. */
  readonly forMs: number
  readonly intervalMs: number
  readonly env: NodeJS.ProcessEnv
}

/** A watch that asks a Prometheus about both versions. Throws UserError with everything that is wrong with it. */
export function queryPlan(config: WatchConfig, given: QueryWatchGiven): WatchPlan {
  const { prometheus, versions, forMs, intervalMs, env } = given
  const { access, problems: ofAccess } = accessOf(env)
  const { metrics, traffic, problems } = askedBy(config, given)
  const questions: Questions = {
    metrics: metrics.map((one) => questionOf(one, intervalMs)),
    ...(traffic ? { traffic } : {}),
  }
  const planned = Math.floor(forMs / intervalMs + 1e-9)
  refuse([
    ...serverUrlProblems(prometheus, '--prometheus', {
      allowed: 'an http or https URL such as http://127.0.0.1:9090',
      user: 'Put them into K6_PROMETHEUS_RW_USERNAME and K6_PROMETHEUS_RW_PASSWORD.',
      secret: 'Put it into a header: K6_PROMETHEUS_RW_BEARER_TOKEN, or K6_PROMETHEUS_RW_HEADERS_<name>.',
    }),
    ...ofAccess,
    ...problems,
    ...lengthProblems(metrics, { planned, forMs, intervalMs }),
  ])
  const all = [...metrics, ...(traffic ? [{ name: 'traffic', query: traffic.query }] : [])]
  return {
    lines: [
      `asks ${prometheus} ${planned} times, each ${formatDuration(intervalMs)}, for ${formatDuration(forMs)}`,
      ...all.flatMap(({ name, query }) => [
        '',
        name,
        `  canary  ${queryOf(query, versions.canary)}`,
        ...(name === 'traffic' ? [] : [`  stable  ${queryOf(query, versions.stable)}`]),
      ]),
    ],
    async run(how) {
      const ask = asker({ url: prometheus, access })
      const watch = { ask, questions, versions, planned, intervalMs, clock: CLOCK, ...how }
      try {
        await tryQuestions(watch)
        return await watchQueries(watch)
      } finally {
        ask.close()
      }
    },
  }
}

/** What is asked: the config's metrics, and those of flags in place of what has their name. */
function askedBy(
  config: WatchConfig,
  { query, traffic: asked }: QueryWatchGiven,
): { metrics: WatchMetric[]; traffic?: WatchConfig['traffic']; problems: Problem[] } {
  const told = query.map((pair): WatchMetric => {
    const [, name = '', text = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    return { name: name.trim(), query: text.trim() }
  })
  const named = new Map((config.metrics ?? []).map((one) => [one.name, one]))
  for (const one of told) named.set(one.name, { ...named.get(one.name), ...one })
  const metrics = [...named.values()]
  const traffic = asked === undefined ? config.traffic : { ...config.traffic, query: asked }
  const none = {
    where: '--query',
    got: 'nothing',
    allowed:
      'one or more questions: --query \'error rate=…{version="$version"}…\', or watch.metrics in the config',
  }
  const twice = told.find(({ name }, index) => told.findIndex((one) => one.name === name) !== index)
  return {
    metrics,
    ...(traffic ? { traffic } : {}),
    problems: [
      ...(metrics.length === 0 ? [none] : []),
      ...(twice ? [{ where: '--query', got: `${quote(twice.name)} twice`, allowed: 'a name for each' }] : []),
      ...told.flatMap((one, index) =>
        one.name === ''
          ? [{ where: '--query', got: quote(query[index] ?? ''), allowed: 'name=PromQL' }]
          : metricProblems(one, `--query ${one.name}`),
      ),
      ...(asked === undefined ? [] : watchProblems({ traffic }, '--traffic')),
      ...metrics.flatMap((one) => queryProblems(one.query, one.name)),
    ],
  }
}

/** Too few looks for a decision, or looks that see nearly the same. */
function lengthProblems(
  metrics: readonly WatchMetric[],
  { planned, forMs, intervalMs }: { planned: number; forMs: number; intervalMs: number },
): Problem[] {
  const { leastToPromote } = ROLLOUT_LIMITS
  const range = Math.max(intervalMs, ...metrics.map(({ query }) => longestRange(query)))
  if (Math.floor(forMs / range + 1e-9) >= leastToPromote) return []
  const why = range > intervalMs ? `, of which each sees the last ${formatDuration(range)}` : ''
  return [
    {
      where: '--for, --interval',
      got: `${planned} looks in ${formatDuration(forMs)}${why}`,
      allowed: `${leastToPromote} looks or more that do not overlap`,
      fix: `Give --for ${formatDuration(leastToPromote * range)} or longer${why === '' ? '' : ', or ask about a shorter time'}.`,
    },
  ]
}
