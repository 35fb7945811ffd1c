import { release, setupCode, setupOnce, type RestAsk } from '../../../run/index.ts'
import type { Cluster } from '../cluster.ts'
import { runnerApi } from './runnerApi.ts'
import type { Runner } from './runners.ts'

/** The start of a load that several clusters make together: the operator of each knows nothing of the others. */
export interface JointStart {
  /** When all were told to begin (ISO 8601, UTC); undefined before that. */
  readonly begun: string | undefined
  /** Why `setup` failed, in k6's words, and k6's exit code for it; none where a k6 could not be asked. */
  readonly failed: { readonly words: string; readonly code?: number } | undefined
  /** How runners were lost that could not be told to begin, by their names. */
  readonly lost: ReadonlyMap<string, string>
  /** Notes runners that wait to be told; once all do, `setup` is run in the first, and all begin. */
  wait(cluster: Cluster, runners: readonly Runner[]): void
}

/** The start of so many runners; `onFailure` gets why `setup` failed. */
export function createJointStart(count: number, onFailure: (words: string) => void): JointStart {
  const waiting = new Map<string, RestAsk>()
  const lost = new Map<string, string>()
  let begun: string | undefined
  let failed: JointStart['failed']
  let beginning: Promise<void> | undefined
  const begin = async (): Promise<void> => {
    const all = [...waiting].sort(([a], [b]) => Number(a) - Number(b))
    let unreached: string | undefined
    const asked = all.map(([, api]) => ({
      port: telling(api, (why) => (unreached ??= why)),
    }))
    const words = await setupOnce(asked)
    if (unreached !== undefined) {
      failed = { words: unreached }
      return
    }
    if (words !== undefined) {
      failed = { words, code: setupCode(words) }
      onFailure(words)
      return
    }
    begun = new Date().toISOString()
    await Promise.all(
      all.map(async ([id, api]) => {
        const refusal = await release(api)
        if (refusal !== undefined) lost.set(id, `could not be told to begin: ${refusal}`)
      }),
    )
  }
  return {
    get begun() {
      return begun
    },
    get failed() {
      return failed
    },
    lost,
    wait(cluster, runners) {
      for (const { id, pod } of runners) waiting.set(id, runnerApi(cluster, pod))
      if (waiting.size === count) beginning ??= begin()
    },
  }
}

/** The same API, which tells where it could not be asked. */
const telling =
  (api: RestAsk, tell: (why: string) => void): RestAsk =>
  async (...asked) => {
    try {
      return await api(...asked)
    } catch (error) {
      tell((error as Error).message)
      throw error
    }
  }
