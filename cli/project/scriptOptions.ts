import { flagPairs, type Engine } from '../k6/index.ts'
import { inspect } from './inspect.ts'
import type { Plan } from './plan.ts'

/** A plan whose manifest has the options of a plain script, as k6 reads them; that of a suite has its own. */
export async function withScriptOptions(
  plan: Plan,
  engine: Engine,
  { env = [], more = [] }: { env?: readonly string[]; more?: readonly string[] },
  signal?: AbortSignal,
): Promise<Plan> {
  if (plan.script === undefined) return plan
  const told = Object.entries(plan.variables).map(([name, value]) => `${name}=${value}`)
  const pairs = [...told, ...env, ...flagPairs(more)]
  const known = await inspect(engine, plan.suite.path, pairs, process.env, signal)
  return known ? { ...plan, manifest: { ...plan.manifest, options: known.options } } : plan
}
