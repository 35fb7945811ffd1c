import { packageRoot, refuse } from '../base/index.ts'
import { browserEnvironment, EngineError, findEngine, flagPairs, progressTo } from '../k6/index.ts'
import { inspect, instanceProblems, k6Arguments, withoutSecrets, type Plan } from '../project/index.ts'
import { drivesBrowser, type SuiteOptions } from '../record/index.ts'
import { dryRun } from '../report/index.ts'
import { newRunId } from '../run/index.ts'
import { say } from './output.ts'

/** What a run is told beside its plan. */
interface RunDry {
  record: 'on' | 'off'
  instances: number
  results: string
  spans: boolean
  /** Further `KEY=VALUE` for the script, and further arguments for k6. */
  env: readonly string[]
  more: readonly string[]
}

/** What a run would do, without running it: settings, scenarios, the command of k6. */
export async function runDryText(
  plan: Plan,
  { record, instances, results, spans, env, more }: RunDry,
): Promise<string> {
  const id = plan.settings.RUN_ID ?? newRunId(plan.manifest.suite)
  const folder = `${results}/${id}`
  const args = k6Arguments(plan, { id, folder, bundle: plan.suite.path, record, spans, env, more })
  if (instances > 1) {
    refuse(instanceProblems(plan, { count: instances, record, more }))
    say(`${instances} k6 share this load: each runs the command below with an --execution-segment of its own`)
  }
  const asked = await ownOptions(plan, [...env, ...flagPairs(more)])
  const browser = drivesBrowser(asked ?? plan.manifest.options)
    ? await browserEnvironment(process.env)
    : undefined
  return dryRun(plan, withoutSecrets(args), { asked, browser: browser?.note })
}

/** The options that a plain script has, as k6 reads them; undefined for a suite, and where no k6 is found. */
async function ownOptions(plan: Plan, env: readonly string[]): Promise<SuiteOptions | undefined> {
  if (plan.script === undefined) return undefined
  try {
    const engine = await findEngine({ env: process.env, packageRoot, ...progressTo(process.stderr) })
    const told = Object.entries(plan.variables).map(([name, value]) => `${name}=${value}`)
    return (await inspect(engine, plan.suite.path, [...told, ...env], process.env))?.options
  } catch (error) {
    if (error instanceof EngineError) return undefined
    throw error
  }
}
