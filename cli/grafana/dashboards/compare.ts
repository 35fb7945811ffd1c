import type { DashboardOptions } from '../about.ts'
import type { Dashboard } from '../schema.ts'
import { businessPairs, pairs, protocolPairs } from './compare/curves.ts'
import { runsRow } from './compare/runs.ts'
import { differences } from './compare/tables.ts'
import { runsOf, comparedTimes } from './compare/times.ts'
import { exactTime, frame } from './frame.ts'
import { valuesVariable } from './variables.ts'

/** Two runs: figures of both with their differences, and their curves from the start of each. */
export function compareDashboard(making: DashboardOptions): Dashboard {
  const { dialect } = making
  return frame(dialect, {
    name: 'compare',
    title: 'Compare two runs',
    description:
      'A base and a candidate: differences by journey, step and request, and curves. The shown time is the candidate’s; ' +
      (dialect.language === 'promql'
        ? 'the base is moved onto it, so that both begin together.'
        : 'InfluxQL cannot move the base, so what is shown must have both runs in it.'),
    links: exactTime(dialect, 'compare', {
      title: 'Whole candidate',
      tooltip: 'From the start of the candidate to its end',
      from: '${candidate_start}000',
      to: '${candidate_end}000',
    }),
    variables: [
      ...runsOf(dialect),
      valuesVariable(dialect, 'journey', { title: 'Journey', all: true }),
      valuesVariable(dialect, 'phase', { title: 'Phase', all: true }),
      ...comparedTimes(dialect),
    ],
    rows: [
      { id: 1001, title: 'What is compared', panels: runsRow(dialect) },
      { id: 1100, title: 'Differences', panels: differences(dialect) },
      { id: 1200, title: 'From the start of each', panels: pairs(dialect) },
      { id: 1250, title: 'WebSocket, gRPC and GraphQL', collapsed: true, panels: protocolPairs(dialect) },
      { id: 1300, title: 'Business', panels: businessPairs(making) },
    ],
  })
}
