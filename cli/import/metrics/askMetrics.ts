import { formatDuration } from '../../../config/duration.ts'
import { UserError } from '../../base/index.ts'
import { queryServer, type QueryServer } from '../../prometheus/index.ts'
import type { QueryRange } from './queryRange.ts'
import type { Saved } from './resultIn.ts'

/** Milliseconds for the question, and bytes of its answer: those of a file that is imported. */
const LIMITS = { timeoutMs: 60_000, mostBytes: 20 * 1024 * 1024 }

/** Asks a Prometheus for rates over a time. Throws UserError where it does not answer, or refuses the question. */
export async function askMetrics(
  server: QueryServer,
  { query, fromMs, toMs, stepMs }: QueryRange,
  signal?: AbortSignal,
): Promise<Saved> {
  const ask = queryServer(server, LIMITS)
  try {
    const asked = { query, start: `${fromMs / 1000}`, end: `${toMs / 1000}`, step: `${stepMs / 1000}` }
    const answer = await ask('query_range', asked, signal)
    if (answer.is !== 'result')
      throw new UserError(`the Prometheus at ${new URL(server.url).host} ${answer.why}`)
    const { resultType, result } = answer
    if (typeof resultType !== 'string' || !Array.isArray(result))
      throw new UserError(
        `the Prometheus at ${new URL(server.url).host} answers without a result (step ${formatDuration(stepMs)})`,
      )
    return { resultType, result }
  } finally {
    ask.close()
  }
}
