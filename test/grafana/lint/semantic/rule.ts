import type { Dialect } from '../../../../cli/grafana/question.ts'
import type { Dashboard } from '../../../../cli/grafana/schema.ts'
import type { Tell } from '../finding.ts'

/** What a rule is told beside a dashboard. */
export interface Given {
  readonly naming: Dialect['name']
  readonly tell: Tell
}

/** Something that a dashboard must not do to its readers, though Grafana takes it. */
export type Rule = (dashboard: Dashboard, given: Given) => void
