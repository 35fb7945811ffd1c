import {
  judgedPhases,
  message,
  parseHttpUrl,
  totalPeak,
  type Environment,
  type Peak,
  type Settings,
} from '../../config/index.ts'
import type { Project } from '../build/config.ts'
import { manifestOf, type Manifest } from '../build/manifest.ts'
import { buildNamed, evaluateFor, type BuiltSuite } from '../build/suites.ts'
import { refuse, UserError } from '../errors.ts'
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
  peak: Peak
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
  const embedded = settings.ENVIRONMENT === 'shop' && variables.BASE_URL === undefined
  if (faults.length > 0 && !embedded)
    problems.push({
      where: '--fault',
      got: faults.join(' '),
      allowed: 'only with the embedded shop, that is without a target',
      fix: 'Leave BASE_URL out, or give the faults to `loadwright shop`.',
    })
  refuse(problems)
  if (!environment) throw new UserError(message([]))
  const suite = await buildNamed(project, name)
  const { code, manifest } = suite
  const evaluated = await evaluateFor(code, manifest.source, variables)
  const settled = await manifestOf(evaluated, { source: manifest.source, code, baked: manifest.baked })
  const shapes = Object.values(settled.options.scenarios)
  const judged = new Set(Object.values(settled.phases).flatMap((phases) => judgedPhases(phases)))
  return {
    suite,
    manifest: { ...settled, steps: manifest.steps },
    settings,
    environment,
    variables,
    embedded,
    judged: [...judged],
    peak: totalPeak(shapes),
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
