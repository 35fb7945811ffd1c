import { tagOf } from './thresholdKey.ts'
import type { K6Threshold } from './thresholds.ts'

/** k6's metrics whose samples never carry the tags that an iteration sets, `phase` among them. */
const UNTAGGED = /^(dropped_iterations|vus|vus_max)\b/

/**
 * Thresholds narrowed to what is judged: `narrower` gives for a key the tags to add, such as `phase:steady`, one key
 * each; a key that names a phase, a metric that carries none, and a key without any are left as they were.
 * `count>…` asks whether something happened at all, and applies to the complete run.
 */
export const narrowThresholds = (
  thresholds: Readonly<Record<string, readonly K6Threshold[]>>,
  narrower: (key: string) => readonly string[],
): Record<string, K6Threshold[]> => {
  const result: Record<string, K6Threshold[]> = {}
  for (const [key, list] of Object.entries(thresholds)) {
    // What k6 cannot read is left as it is, for whoever tells of it.
    if (!Array.isArray(list) || /[{}]/.test(key) !== /^\w+\{.*\}$/.test(key)) {
      result[key] = list as K6Threshold[]
      continue
    }
    const begun = key.endsWith('}') ? `${key.slice(0, -1)},` : `${key}{`
    const keys =
      tagOf(key, 'phase') || UNTAGGED.test(key) ? [] : narrower(key).map((tag) => `${begun}${tag}}`)
    for (const threshold of list as readonly K6Threshold[]) {
      const expression = (threshold as { threshold: string } | null)?.threshold ?? threshold
      const judged = keys.length === 0 || /^\s*count\s*>/.test(expression as string) ? [key] : keys
      for (const name of judged) (result[name] ??= []).push(threshold)
    }
  }
  return result
}
