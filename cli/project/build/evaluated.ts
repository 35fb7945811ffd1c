import { resolve } from 'node:path'
import type { Variables } from '../../../config/settings/settings.ts'
import { LimitPassed } from '../../../testing/bounds.ts'
import { evaluate, type Evaluated, type EvaluateOptions } from '../../../testing/evaluate.ts'
import { EXIT, refuse, UserError } from '../../base/index.ts'
import type { SuiteOptions, Manifest } from '../../record/index.ts'
import { initProblem } from './initProblem.ts'
import { manifestOf } from './manifest.ts'
import { openFrom } from './opening.ts'
import { walkSuite } from './suiteWalk.ts'

/**
 * The manifest of an evaluated bundle. Throws UserError where a step is not awaited: what it does after its journey's end
 * belongs to nothing, and what it throws ends the iteration outside of any journey.
 */
export async function walkedManifest(
  evaluated: Evaluated,
  { map, ...about }: { source: string; code: string; map: string; baked: Variables },
): Promise<Manifest> {
  const walk = await walkSuite(evaluated, evaluated.exports.options as SuiteOptions, about.code)
  const sentences = walk.unawaited.map(async ({ step, error }) => {
    const fix = `write \`await step(${JSON.stringify(step)}, …)\` in an async journey`
    const thrown = error && initProblem(await evaluated.located(error), about.source, map)
    return `${thrown ?? about.source}: step ${JSON.stringify(step)} was not awaited: ${fix}`
  })
  refuse(await Promise.all(sentences))
  return manifestOf(evaluated, about, walk)
}

/**
 * Evaluates a bundle under an environment, without k6; what it opens is read from `folder`. Throws UserError with what its
 * init complains of, and where, if the bundle's map is given.
 */
export async function evaluateFor(
  code: string,
  source: string,
  env: Variables,
  map?: string,
  folder: string = process.cwd(),
): Promise<Evaluated & { opened: number }> {
  const { options, opened } = evaluation(env, source, folder)
  try {
    const evaluated = await evaluate(code, { ...options, ...(map !== undefined && { map }) })
    return { ...evaluated, opened: opened() }
  } catch (error) {
    throw new UserError(initProblem(error as Error, source, map), EXIT.refused, { cause: error })
  }
}

/** Whether what {@link evaluateFor} threw is that a script does not end. */
export const isEndless = (error: unknown): boolean =>
  error instanceof UserError && error.cause instanceof LimitPassed

/** How a bundle is evaluated for its author; `opened` counts the files that it has read. */
export function evaluation(env: Variables, filename: string, folder: string) {
  let count = 0
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const options: EvaluateOptions = {
    // A suite in a browser has its own options in a named run alone.
    env: { RUN_ID: 'evaluated', ...Object.fromEntries(given) },
    filename,
    checksHold: true,
    inert: true,
    seed: 1,
    beside: resolve(folder),
    open: (path, mode) => {
      count++
      return openFrom(folder, path, mode)
    },
  }
  return { options, opened: () => count }
}
