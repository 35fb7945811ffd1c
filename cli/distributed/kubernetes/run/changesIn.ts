import { partIn } from '../names.ts'
import { changesOf, loadingOf, type Loadings } from '../render/loading.ts'
import type { TestRun } from './state.ts'

/**
 * In what the TestRuns of a test are not what was rendered, as words, by the runner of which it is said: of one with several
 * runners the first, as all of them were told the same.
 */
export function changesIn(test: string, rendered: Loadings, runs: readonly TestRun[]): Map<string, string> {
  return new Map(
    runs.flatMap(({ metadata: { name }, spec }) => {
      const was = rendered[name]
      const changes = was ? changesOf(was, loadingOf(spec)) : []
      if (changes.length === 0) return []
      const part = partIn(test, name)
      return [[part ?? '1', `ran${part === undefined ? ', as all did,' : ''} with ${changes.join(', ')}`]]
    }),
  )
}
