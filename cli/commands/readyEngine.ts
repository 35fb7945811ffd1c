import { packageRoot, refuse } from '../base/index.ts'
import { findEngine, progressTo, unknownFlags, type Engine } from '../k6/index.ts'
import { abortable } from './abort.ts'

/**
 * The k6 that a command runs: found, fetched or built, with its progress on stderr. Throws EngineError where there is none,
 * and UserError where it does not know a flag that stands after `--`.
 */
export async function readyEngine(more: readonly string[] = []): Promise<Engine> {
  const engine = await abortable((signal) =>
    findEngine({ env: process.env, packageRoot, signal, ...progressTo(process.stderr) }),
  )
  refuse(await unknownFlags(engine, more, process.env))
  return engine
}
