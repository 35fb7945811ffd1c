import type { About } from './about.ts'
import { compareDashboard } from './dashboards/compare.ts'
import { continuousDashboard } from './dashboards/continuous.ts'
import { historyDashboard } from './dashboards/history.ts'
import { runDashboard } from './dashboards/run.ts'
import { classic } from './dialects/classic.ts'
import { influxdb } from './dialects/influxdb.ts'
import { native } from './dialects/native.ts'
import { otel } from './dialects/otel.ts'
import { withJourneyColours } from './journeyColours.ts'
import { withLegends } from './legends.ts'
import type { MetricNames } from './metrics.ts'
import { NAMINGS, type Dialect } from './question.ts'
import type { Dashboard } from './schema.ts'
import { provisioningFiles } from './provisioning/index.ts'
import { ruleFiles } from './rules/index.ts'
import { stackFiles } from './stack/index.ts'
import { emptyWhenHealthy } from './emptyWhenHealthy.ts'
import type { File } from './file.ts'

const DASHBOARDS = {
  run: runDashboard,
  compare: compareDashboard,
  history: historyDashboard,
  continuous: continuousDashboard,
}

const DIALECTS: Record<Dialect['name'], (metrics: MetricNames) => Dialect> = {
  native,
  classic,
  otel,
  influxdb,
}

/** Everything that is generated, from what suites declare. */
export function filesOf(about: About): File[] {
  return [
    ...NAMINGS.map((naming) => DIALECTS[naming](about.metrics)).flatMap((dialect) =>
      Object.entries(DASHBOARDS).map(([name, make]) => ({
        path: `dashboards/${dialect.name}/${name}.json`,
        text: json(readable(make({ ...about, dialect }), about)),
      })),
    ),
    ...ruleFiles(about),
    ...provisioningFiles(about),
    ...stackFiles(),
    {
      path: 'empty-when-healthy.json',
      text: json(emptyWhenHealthy({ ...about, dialect: native(about.metrics) })),
    },
  ]
}

/** What all dashboards share: legends that leave room, one colour for each journey. */
const readable = (dashboard: Dashboard, { journeys = [] }: About): Dashboard =>
  withJourneyColours(withLegends(dashboard, journeys.length), journeys)

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`
