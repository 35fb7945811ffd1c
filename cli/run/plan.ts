import {
  ENVIRONMENTS,
  judgedPhases,
  parseHttpUrl,
  type Environment,
  type Settings,
} from '../../config/index.ts'
import type { Project } from '../build/config.ts'
import { manifestOf, type Manifest } from '../build/manifest.ts'
import { buildNamed, evaluateFor, type BuiltSuite } from '../build/suites.ts'
import { parseFaults, ShopError } from '../../shop/index.ts'
import { refuse } from '../errors.ts'
import { resolve, type Given } from './variables.ts'

/** A run, decided: what k6 will be told. */
export interface Plan {
  suite: BuiltSuite
  /** The manifest under this run's settings: its options are those that k6 will have. */
  manifest: Manifest
  settings: Settings
  environment: Environment
  /** What is handed to k6 by `-e`. */
  variables: Record<string, string>
  /** Nobody gave a target, and the environment is the embedded shop: the run starts it. */
  embedded: boolean
  judged: string[]
}

/**
 * Decides a run from flags, shell and config, and evaluates the suite under it without k6.
 * Throws UserError with every problem: settings, hosts, caps, thresholds.
 */
export async function planRun(
  project: Project,
  name: string | undefined,
  given: Given,
  { shell = process.env, faults = [] }: { shell?: NodeJS.ProcessEnv; faults?: readonly string[] } = {},
): Promise<Plan> {
  const { settings, environment, problems, variables } = resolve(given, shell, project.config)
  const embedded =
    environment !== undefined && environment.target === ENVIRONMENTS.shop?.target && !variables.BASE_URL
  if (faults.length > 0 && !embedded)
    problems.push({
      where: '--fault',
      got: faults.join(' '),
      allowed: 'only with the embedded shop, that is without a target',
      fix: 'Leave BASE_URL out, or give the faults to `loadwright shop`.',
    })
  refuse([...problems, ...faultProblems(faults)])
  if (!environment) throw new Error('settings without problems name an environment')
  const suite = await buildNamed(project, name)
  const { code, manifest } = suite
  const evaluated = await evaluateFor(code, manifest.source, variables)
  const settled = await manifestOf(evaluated, { source: manifest.source, code, baked: manifest.baked })
  const judged = new Set(Object.values(settled.phases).flatMap((phases) => judgedPhases(phases)))
  return {
    suite,
    manifest: settled,
    settings,
    environment,
    variables,
    embedded,
    judged: [...judged],
  }
}

function faultProblems(faults: readonly string[]): readonly string[] {
  try {
    parseFaults(faults)
    return []
  } catch (error) {
    if (error instanceof ShopError) return error.problems
    throw error
  }
}

/** The settings of a plan with another target: the embedded shop's own port. */
export function withTarget(plan: Plan, url: string): Plan {
  const target = parseHttpUrl(url)?.base ?? url
  return {
    ...plan,
    settings: { ...plan.settings, BASE_URL: target },
    variables: { ...plan.variables, BASE_URL: target },
  }
}
