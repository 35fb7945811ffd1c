import { defined } from '../base/index.ts'
import type { ThresholdResult } from '../k6/index.ts'
import type { RunRecord } from '../record/index.ts'

/** Thresholds of a run with who set each, and who answers for it. */
export function owned(
  thresholds: readonly ThresholdResult[],
  { script, declared }: Pick<RunRecord, 'script' | 'declared'>,
): ThresholdResult[] {
  const { slos, owners = [] } = declared ?? {}
  if (script !== undefined || slos === undefined) return [...thresholds]
  return thresholds.map((one) => {
    const found = owners.find(({ metric, threshold }) => metric === one.metric && threshold === one.threshold)
    const source = slos.includes(one.metric) ? 'environment' : 'suite'
    return { ...one, source, ...defined({ owner: found?.owner }) }
  })
}
