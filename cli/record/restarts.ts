import { ITERATIONS, REQUESTS } from './signals.ts'
import type { Labels } from '../prometheus/index.ts'

/** What k6 itself counts, which no script can lower: where one of these falls, its k6 has started again. */
const NEVER_FALL = new Set([
  `k6_${ITERATIONS.all.metric}_total`,
  `k6_${REQUESTS.all.metric}_total`,
  'k6_data_sent_total',
  'k6_data_received_total',
])

/** Whether a later value of a counter tells that its k6 started again. */
export function fell(name: string, later: number, earlier: number): boolean {
  return later < earlier && NEVER_FALL.has(name)
}

/** The k6 that sent a series: the tags by which k6-operator and distributed runs tell theirs apart. */
export function instanceOf({ instance = '', instance_id = '', testid = '' }: Labels): string {
  return JSON.stringify([instance, instance_id, testid])
}
