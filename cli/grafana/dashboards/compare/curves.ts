import { CALLS, CONNECTING, JOURNEYS, OPERATIONS, REQUESTS } from '../../../record/index.ts'
import type { DashboardOptions } from '../../about.ts'
import { byName, FADED, fixed } from '../../overrides.ts'
import { curves, type PanelSpec, type Unplaced } from '../../panels.ts'
import type { Dialect, Measure } from '../../question.ts'
import { ownPanelId, ownTitle } from '../ownPanel.ts'
import { FAILURES, noiseBand, NOISE_STYLE, noiseText, RATES, TIMES, type Noise } from './noise.ts'

const WHERE = { journey: '$journey', phase: '$phase' }

/** A measure of both runs: in one panel where the base can be moved, else in two. */
function pair(dialect: Dialect, spec: PanelSpec, measure: Measure, noise?: Noise): Unplaced[] {
  const question = { ...measure, where: WHERE, over: 'time' as const }
  const candidate = { ...question, run: '$candidate', legend: 'candidate' }
  const base = { ...question, run: '$base', legend: 'base' }
  const overrides = [BASE, CANDIDATE]
  if (dialect.language === 'promql') {
    const moved = { ...base, shift: 'shift' }
    const band = noise ? noiseBand(dialect.ask(moved) ?? '', noise) : []
    return curves(dialect, { ...spec, overrides: [...overrides, ...(noise ? NOISE_STYLE : [])] }, [
      candidate,
      moved,
      ...band,
    ])
  }
  const title = (run: string): string => `${spec.title}, ${run}`
  return [
    ...curves(dialect, { ...spec, overrides, title: title('base') }, [base]),
    ...curves(dialect, { ...spec, overrides, id: spec.id + 1, title: title('candidate') }, [candidate]),
  ]
}

/** Load, times and failures of both runs. */
export const pairs = (dialect: Dialect): Unplaced[] => {
  const isMoved = dialect.language === 'promql'
  const moved = isMoved
    ? ' The base (dashed) is moved onto the time of the candidate, so that both begin together.'
    : ''
  const panel = (
    id: number,
    title: string,
    unit: string,
    description: string,
    measure: Measure,
    noise?: Noise,
  ): Unplaced[] => {
    const band = noise && isMoved ? ` Grey is the noise: ${noiseText(noise)} around the base.` : ''
    return pair(dialect, { id, title, unit, description: `${description}${moved}${band}` }, measure, noise)
  }
  return [
    ...panel(
      1201,
      'Requests per second',
      'reqps',
      'Requests that k6 sent.',
      {
        ask: 'rate',
        metric: REQUESTS.all.metric,
      },
      RATES,
    ),
    ...panel(
      1203,
      'p95 of requests',
      's',
      '95 of 100 requests took less.',
      {
        ask: 'quantile',
        metric: REQUESTS.trend,
        q: 0.95,
      },
      TIMES,
    ),
    ...panel(
      1205,
      'Failed requests',
      'percentunit',
      'Share of requests that failed.',
      {
        ask: 'share',
        metric: REQUESTS.failedShare,
      },
      FAILURES,
    ),
    ...panel(1207, 'VUs', 'none', 'VUs that k6 had, of all journeys and phases.', {
      ask: 'level',
      metric: 'vus',
    }),
    ...panel(
      1209,
      'Failed journeys',
      'percentunit',
      'Share of ended journeys that failed.',
      {
        ask: 'share',
        metric: JOURNEYS.failedShare,
      },
      FAILURES,
    ),
    ...panel(
      1211,
      'p50 of requests',
      's',
      'Half of all requests took less.',
      {
        ask: 'quantile',
        metric: REQUESTS.trend,
        q: 0.5,
      },
      TIMES,
    ),
  ]
}

/** The same of sockets, gRPC calls and GraphQL operations. */
export const protocolPairs = (dialect: Dialect): Unplaced[] => [
  ...pair(
    dialect,
    { id: 1251, title: 'p95 of connecting', unit: 's', description: 'What the handshake of a socket took.' },
    { ask: 'quantile', metric: CONNECTING, q: 0.95 },
    TIMES,
  ),
  ...pair(
    dialect,
    { id: 1253, title: 'p95 of calls', unit: 's', description: 'How long gRPC calls took.' },
    { ask: 'quantile', metric: CALLS.trend, q: 0.95 },
    TIMES,
  ),
  ...pair(
    dialect,
    {
      id: 1257,
      title: 'Failed calls',
      unit: 'percentunit',
      description: 'Share of gRPC calls whose status was not expected.',
    },
    { ask: 'share', metric: CALLS.failedShare },
    FAILURES,
  ),
  ...pair(
    dialect,
    {
      id: 1255,
      title: 'Operations with errors',
      unit: 'percentunit',
      description: 'Share of GraphQL operations whose answer had errors that were not expected.',
    },
    { ask: 'share', metric: OPERATIONS.failedShare },
    FAILURES,
  ),
]

/** An author's own figures, of both runs. */
export const businessPairs = ({ dialect, own }: DashboardOptions): Unplaced[] =>
  own.flatMap(({ name, meaning, kind, unit: of }) => {
    const title = ownTitle({ meaning }, ', per second, candidate'.length)
    const spec = { id: ownPanelId(name), title, description: `${meaning} (\`${name}\`).` }
    switch (kind) {
      case 'counter':
        return pair(
          dialect,
          { ...spec, title: `${title}, per second`, unit: 'short' },
          { ask: 'rate', metric: name },
        )
      case 'rate':
        return pair(dialect, { ...spec, unit: 'percentunit' }, { ask: 'share', metric: name })
      case 'trend':
        return pair(
          dialect,
          { ...spec, title: `${title}, p95`, unit: of === 'ms' ? 's' : 'short' },
          { ask: 'quantile', metric: name, q: 0.95 },
        )
      case 'gauge':
        return pair(dialect, { ...spec, unit: 'short' }, { ask: 'level', metric: name })
    }
  })

const BASE = byName('base', FADED)

const CANDIDATE = byName('candidate', { ...fixed('blue'), 'custom.lineWidth': 2 })
