import type { DashboardOptions } from './about.ts'
import { compareDashboard } from './dashboards/compare.ts'
import { protocolPairs } from './dashboards/compare/curves.ts'
import { protocols } from './dashboards/run/protocols.ts'
import { SPANS } from './dashboards/run/times.ts'
import { system } from './dashboards/run/system.ts'
import { vitals } from './dashboards/run/vitals.ts'
import { panelsOf } from './panelsOf.ts'

/** A panel that shows nothing after a healthy run of a protocol suite, on a Prometheus that scrapes nothing. */
export interface Empty {
  /** The dashboard's name: `run`, `compare` …, with its naming where it is empty in that one alone: `influxdb/run`. */
  readonly dashboard: string
  readonly panel: string
  /** Why, and when it has data. */
  readonly why: string
}

const BROWSER = 'k6 reports Web Vitals and requests of pages only of a run with a browser'
const SPOKEN =
  'sockets, gRPC calls, GraphQL operations and spans are measured only of suites that have them: see docs/protocols.md'
const SCRAPED =
  'nothing scrapes the system under test: data come with cAdvisor, kube-state-metrics or process metrics'
const TWO = 'one run cannot be compared: the times of base and candidate are variables made of two runs'

const WRITTEN_BY_HISTORY =
  'loadwright history --remote-write writes it, and no run does: data come with the first history'

const COUNTED =
  'k6 writes no measurement of what did not happen, and InfluxQL cannot put a zero there: dropped iterations and a tunnel that answers itself have data'

/** Panels of Run that show what did happen, and only that. */
const SEEN = ['Dropped iterations', 'Dropped iterations per second', 'Answers of the tunnel']

/** Every such panel of Run, Compare and History: all others have data. Continuous is of canaries and monitors alone. */
export function emptyWhenHealthy(making: DashboardOptions): Empty[] {
  const list = (dashboard: string, panels: readonly { title: string }[], why: string): Empty[] =>
    panels.map(({ title }) => ({ dashboard, panel: title, why }))
  const spoken = protocolPairs(making.dialect)
  return [
    ...list('run', vitals(making).panels, BROWSER),
    ...list(
      'run',
      protocols(making).flatMap(({ panels }) => panels),
      SPOKEN,
    ),
    { dashboard: 'run', panel: SPANS, why: SPOKEN },
    ...list('run', system(making).panels, SCRAPED),
    ...SEEN.map((panel) => ({ dashboard: 'influxdb/run', panel, why: COUNTED })),
    ...['Changes', 'Who answers'].map((panel) => ({ dashboard: 'history', panel, why: WRITTEN_BY_HISTORY })),
    ...list('compare', spoken, SPOKEN),
    // Where the base cannot be moved, each pair is two panels.
    ...list(
      'influxdb/compare',
      spoken.flatMap(({ title }) => ['base', 'candidate'].map((run) => ({ title: `${title}, ${run}` }))),
      SPOKEN,
    ),
    ...list(
      'compare',
      panelsOf(compareDashboard(making)).filter(({ id }) => !spoken.some((one) => one.id === id)),
      TWO,
    ),
  ]
}
