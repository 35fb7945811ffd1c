import { quote } from '../../../config/problem/problem.ts'
import type { Push, PushRefusal } from '../../record/index.ts'

/** What is the same in every push of a run. */
export interface Belonging {
  /** The run's id, which k6 carries as the tag `testid`. */
  readonly id: string
  /** The hash of the bundle that all of its k6 run. */
  readonly sha256: string
}

/** Times that k6 pushes without native histograms: numbers that cannot be added up, in the place of all values. */
const NUMBERS =
  /^k6_(?:iteration|group|http_req|grpc_req|ws_session)_duration_(?:p\d+|min|max|avg|med|count|sum)$/

/** Why a push is none of this run's; undefined where it is one. `bundle` is what its instance says it runs. */
export function whyForeign(
  { series }: Push,
  bundle: string | undefined,
  { id, sha256 }: Belonging,
): PushRefusal | undefined {
  const { labels: first = {} } = series[0] ?? {}
  const { testid, instance_id: instance } = first
  if (testid !== id)
    return refusal(
      testid === undefined
        ? `A push says of no run: this collector takes run ${id}, --tag testid=${id}.`
        : `A push is of run ${short(testid)}: this collector takes run ${id}.`,
    )
  if (instance === undefined)
    return refusal('A push does not tell its instance: give each k6 a name, --tag instance_id=1.')
  if (bundle !== undefined && bundle !== sha256)
    return refusal(
      `Instance ${short(instance)} runs another bundle, ${quote(bundle.slice(0, 12))}: that of the run is ${quote(sha256.slice(0, 12))}.`,
    )
  if (series.some(({ labels }) => labels.testid !== testid || labels.instance_id !== instance))
    return refusal('A push has series of several runs or instances.')
  // Its requests would count and its times would not: a quantile would be that of the other instances alone.
  if (series.some(({ name }) => NUMBERS.test(name)))
    return refusal(
      `Instance ${short(instance)} pushes its times without native histograms: start its k6 with K6_FEATURES=native-histograms.`,
    )
  return undefined
}

const refusal = (problem: string): PushRefusal => ({ status: 409, problem })

/** A name that somebody gave, as far as a sentence has room for it. */
const short = (name: string): string => quote(name.slice(0, 64))
