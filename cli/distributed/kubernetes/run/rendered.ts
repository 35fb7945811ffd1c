import { parseJson, RECORD_FILE, UserError } from '../../../base/index.ts'
import type { RunRecord } from '../../../record/index.ts'
import type { Cluster } from '../cluster.ts'
import { namesOf } from '../names.ts'
import { LOADING_FILE, type Loadings } from '../render/loading.ts'
import type { NamedTest } from './state.ts'

/** What loadwright has rendered of a test. */
export interface Rendered extends NamedTest {
  /** The record as it begins. */
  readonly begun: RunRecord
  readonly loadings: Loadings
}

/** What was rendered of a test, as its collector's ConfigMap tells; undefined where there is none. */
export async function renderedIn({ api }: Cluster, test: string): Promise<Rendered | undefined> {
  const { collector } = namesOf(test)
  const map = await api.get<{ data?: Record<string, string> }>('ConfigMap', collector)
  if (!map) return undefined
  const { [RECORD_FILE]: record = '', [LOADING_FILE]: loadings = '' } = map.data ?? {}
  const [begun, known] = [parseJson(record), parseJson(loadings)]
  if (begun === undefined || known === undefined)
    throw new UserError(
      `kubernetes: the ConfigMap ${collector} has no ${RECORD_FILE}: was the test rendered by loadwright?`,
    )
  const all = known as Loadings
  return { begun: begun as RunRecord, loadings: all, test, runs: Object.keys(all) }
}

/** The TestRuns of a test in a cluster. */
export const namedIn = async (cluster: Cluster, test: string): Promise<NamedTest> =>
  (await renderedIn(cluster, test)) ?? { test, runs: [test] }
