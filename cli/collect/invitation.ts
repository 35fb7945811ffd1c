import { recorderEnvironment } from '../project/index.ts'
import { reachable } from './address.ts'

/** A collector that waits. */
export interface Waiting {
  readonly url: string
  /** The run's id. */
  readonly id: string
  /** How many instances are to come; undefined where nobody said it. */
  readonly expect: number | undefined
  /** The token, where it is new: it is shown here, and nowhere else. */
  readonly token: string | undefined
}

/** How an instance is started that pushes to a collector. */
export function invitation({ url, id, expect, token }: Waiting): string {
  const at = reachable(url)
  const count = expect ?? 2
  const variables = {
    ...recorderEnvironment(`${at}/api/v1/write`),
    K6_PROMETHEUS_RW_BEARER_TOKEN: token ?? '"$COLLECT_TOKEN"',
  }
  return [
    `collecting run ${id} at ${at}, until ${expect === undefined ? 'a Ctrl-C' : `${expect} instances came to their end`}. Each k6 is started so, with an instance_id and a segment of its own:`,
    ...Object.entries(variables).map(([name, value]) => `  ${name}=${value} \\`),
    `  k6 run --no-thresholds --out experimental-prometheus-rw --tag testid=${id} --tag instance_id=1 \\`,
    `    --execution-segment 0:1/${count} --execution-segment-sequence ${sequenceOf(count)} …`,
  ].join('\n')
}

/** The bounds of so many equal parts, as k6 writes them: `0,1/3,2/3,1`. */
const sequenceOf = (count: number): string =>
  ['0', ...Array.from({ length: count - 1 }, (_, index) => `${index + 1}/${count}`), '1'].join(',')
