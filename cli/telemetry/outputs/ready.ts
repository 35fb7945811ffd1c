import type { CloudConfig } from '../../../config/cloud.ts'
import { refusal, envValue } from '../../base/index.ts'
import { tryCloud } from './cloud.ts'
import { tryDashboard } from './dashboard.ts'
import { toldOfFile } from './file.ts'
import { tryInflux } from './influxdb.ts'
import { tryCollector } from './opentelemetry.ts'
import type { OutputFound, Output, Trial } from './output.ts'

/** Milliseconds for the trial of all. */
const TIMEOUT_MS = 5000

/** What k6 is given for its outputs. */
export interface ReadyOutputs {
  /** `--out`, once for each. */
  readonly args: string[]
  /** Variables over those of the shell; some may be secrets. */
  readonly env: Record<string, string>
}

/** How outputs are tried. */
export interface Trying {
  /** One that takes nothing is refused, not left out. */
  readonly required: boolean
  readonly say: (line: string) => void
  readonly env: NodeJS.ProcessEnv
  readonly cloud?: CloudConfig
}

/**
 * Tries every output before a run, all within five seconds, and says of each in one sentence what was found. One that
 * takes nothing is left out; where they are `required`, that throws a UserError with all of them.
 */
export async function readyOutputs(
  outputs: readonly Output[],
  { required, say, env, cloud }: Trying,
): Promise<ReadyOutputs> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const tried = await Promise.all(
    outputs.map(async (output) => ({
      output,
      found: await tryOutput(output, { env, signal, ...(cloud ? { cloud } : {}) }),
    })),
  )
  const troubles = tried.flatMap(({ output: { name }, found }) =>
    found.is === 'not' ? [`${name}: ${found.why}`] : [],
  )
  if (required && troubles.length > 0) throw refusal(troubles)
  const ready: ReadyOutputs = { args: [], env: {} }
  for (const { output, found } of tried) {
    const { name, where } = output
    const label = where.startsWith('--') ? name : `${name} (${where})`
    say(`${label}: ${found.is === 'ready' ? found.told : `${found.why}; left out of this run`}`)
    if (found.is === 'not') continue
    Object.assign(ready.env, found.env)
    ready.args.push(...argumentsOf([{ ...output, argument: found.argument ?? output.argument }]))
  }
  // Nothing of it may come a second time, or come back, by k6's own variables.
  if (envValue(env, 'K6_WEB_DASHBOARD') === 'true') ready.env.K6_WEB_DASHBOARD = 'false'
  if (env.K6_OUT !== undefined) ready.env.K6_OUT = ''
  return ready
}

/** k6's arguments for outputs as they were asked for: what a dry run shows, masked. */
export const argumentsOf = (outputs: readonly Output[]): string[] =>
  outputs.flatMap(({ name, argument }) => ['--out', argument === '' ? name : `${name}=${argument}`])

function tryOutput(output: Output, trial: Trial): Promise<OutputFound> {
  switch (output.name) {
    case 'influxdb':
      return tryInflux(output, trial)
    case 'opentelemetry':
      return tryCollector(trial)
    case 'cloud':
      return tryCloud(trial)
    case 'web-dashboard':
      return tryDashboard(output, trial)
    case 'json':
    case 'csv':
      return Promise.resolve(toldOfFile(output, trial.env))
    default:
      return Promise.resolve({ is: 'ready', told: 'is for K6_BIN to know, and was not tried' })
  }
}
