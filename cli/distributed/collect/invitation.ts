import { plural } from '../../base/index.ts'
import { recorderEnvironment } from '../../project/index.ts'
import { equalParts, PATHS } from '../../run/index.ts'
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
  const [first] = equalParts(count)
  const variables = {
    ...recorderEnvironment(`${at}${PATHS.write}`),
    K6_PROMETHEUS_RW_BEARER_TOKEN: token ?? '"$COLLECT_TOKEN"',
  }
  const end =
    expect === undefined
      ? 'a Ctrl-C'
      : `${plural(expect, 'instance')} came to ${expect === 1 ? 'its' : 'their'} end`
  return [
    `collecting run ${id} at ${at}, until ${end}. Start each where the project lies:`,
    `  COLLECT_TOKEN=${token ?? '…'} npx loadwright run --join ${at} --segment 1/${count}`,
    'or any k6, with an instance_id and a segment of its own:',
    ...Object.entries(variables).map(([name, value]) => `  ${name}=${value} \\`),
    `  k6 run --no-thresholds --out experimental-prometheus-rw --tag testid=${id} --tag instance_id=1 \\`,
    `    --execution-segment ${first?.segment ?? ''} --execution-segment-sequence ${first?.sequence ?? ''} …`,
  ].join('\n')
}
