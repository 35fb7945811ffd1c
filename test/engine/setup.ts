import { findEngine, progressTo } from '../../cli/k6/index.ts'
import { packageRoot } from '../../cli/base/package.ts'

/** Finds, fetches or builds k6 once, and tells the tests by K6_BIN. */
export async function setup(): Promise<void> {
  const engine = await findEngine({ env: process.env, packageRoot, ...progressTo(process.stderr) })
  process.env.K6_BIN = engine.path
}
