import type { Problem } from '../../config/problem/problem.ts'
import type { QueryServer } from '../prometheus/index.ts'
import { importedOf, type Imported } from './imported.ts'
import { askMetrics } from './metrics/askMetrics.ts'
import { convertMetrics } from './metrics/convertMetrics.ts'
import { queryRangeOf, type QueryRangeGiven } from './metrics/queryRange.ts'

/** What is asked of which Prometheus. */
export interface MetricsImport extends QueryRangeGiven {
  access: QueryServer['access']
  /** What is wrong with what opens the server. */
  problems: readonly Problem[]
  /** The suite's name. */
  name?: string
  include: readonly string[]
  signal?: AbortSignal
}

/** Makes a suite of what a Prometheus answers now. Throws UserError where it cannot. */
export async function importMetrics({
  name = 'production',
  access,
  problems,
  include,
  signal,
  ...given
}: MetricsImport): Promise<Imported> {
  const range = queryRangeOf(given, problems)
  const saved = await askMetrics({ url: given.url, access }, range, signal)
  return importedOf(convertMetrics(saved, new URL(given.url).host, name, include))
}
