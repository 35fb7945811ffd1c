import { ENVIRONMENTS, type Environment } from '../../config/environments.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import type { Settings } from '../../config/settings/settings.ts'
import { parseHttpUrl } from '../../config/url.ts'
import { judgedPhases } from '../../config/workload/phases.ts'
import type { Project } from './build/config.ts'
import { hybridEntry } from './build/hybridEntry.ts'
import { missingVariables } from './presets/missingVariables.ts'
import { chosenIn } from './presets/presetProject.ts'
import { missingSecrets } from './build/missingSecrets.ts'
import { leftOutText } from './build/measured.ts'
import { settledSuite } from './build/settled.ts'
import { sloOwners } from './build/slos.ts'
import type { BuiltSuite } from './build/suites.ts'
import { parseFaults, ShopError } from '../../shop/index.ts'
import { refuse, UserError } from '../base/index.ts'
import { flagPairs } from '../k6/index.ts'
import type { Manifest, ThresholdOwner } from '../record/index.ts'
import { isFile } from './sourceFile.ts'
import { furtherProblems } from './refusedFlags.ts'
import { placeScript } from './placeScript.ts'
import { readScript, scriptManifest } from './script.ts'
import { scriptVariables, resolveIn, type Given } from './variables.ts'
import type { TunnelSpec } from './tunnelSpec.ts'

/** A run, decided: what k6 will be told. */
export interface Plan {
  suite: Pick<BuiltSuite, 'manifest' | 'path'> & Partial<Pick<BuiltSuite, 'map'>>
  /** The plain k6 script that is run in a suite's place, from the project's folder: its load and thresholds are its own. */
  script?: string
  /** The author's files, as far as the plan has read them. */
  files?: readonly string[]
  /** The manifest under this run's settings: its options are those that k6 will have. */
  manifest: Manifest
  settings: Settings
  environment: Environment
  /** What is handed to k6 by `-e`. */
  variables: Record<string, string>
  /** Nobody gave a target, and the environment is the embedded shop: the run starts it. */
  embedded: boolean
  /** The hosts that a plain script is expected to contact, where its requests may hide theirs. */
  hosts?: readonly string[]
  judged: string[]
  /** Who answers for which threshold. */
  owners?: readonly ThresholdOwner[]
  /** What whoever runs it should know: which SLOs of the environment do not judge it. */
  notes?: readonly string[]
}

/** What decides a run beside its settings. */
export interface PlanOptions {
  shell?: NodeJS.ProcessEnv
  faults?: readonly string[]
  /** An open tunnel is the target itself, if its own target is not given. */
  tunnel?: TunnelSpec
  /** Further `KEY=VALUE` for the script, and further arguments for k6. */
  env?: readonly string[]
  more?: readonly string[]
  /** The run exports spans. */
  spans?: boolean
  /** The suite of journeys in a browser that runs beside it. */
  withBrowser?: string | undefined
}

/**
 * Decides a run from flags, shell and config, and evaluates the suite under it without k6, with the variables that it
 * will find there. Throws UserError with every problem: config, settings, arguments, hosts, caps, thresholds.
 */
export async function planRun(
  given: Project,
  suite: string | undefined,
  told: Given,
  {
    shell = process.env,
    faults = [],
    tunnel,
    env = [],
    more = [],
    spans = false,
    withBrowser,
  }: PlanOptions = {},
): Promise<Plan> {
  const { project, name } = await chosenIn(given, suite)
  const { settings, environment, problems, variables } = resolveIn(
    project,
    targeted(told, shell, tunnel),
    shell,
  )
  const embedded =
    environment !== undefined && environment.target === ENVIRONMENTS.shop?.target && !variables.BASE_URL
  if (faults.length > 0 && environment && !embedded)
    problems.push({
      where: '--fault',
      got: faults.join(' '),
      allowed: 'only with the embedded shop, that is without a target',
      fix: 'Leave BASE_URL out, or give the faults to `loadwright shop`.',
    })
  problems.push(...furtherProblems(more, settings.ENVIRONMENT, environment))
  // A plain script may have a target of its own.
  const untargeted = name !== undefined && isFile(name) ? problems.filter(isUntargeted) : []
  refuse([...problems.filter((problem) => !untargeted.includes(problem)), ...faultProblems(faults)])
  if (!environment) throw new Error('settings without problems name an environment')
  const own = scriptVariables(shell, [...env, ...flagPairs(more)])
  refuse(missingVariables(project.preset, own))
  const script = name !== undefined && isFile(name) ? await readScript(project, name, spans) : undefined
  if (script && withBrowser !== undefined)
    throw new UserError(
      `--with-browser: ${script.source} is a plain script; allowed: a suite. Give the script a scenario with options.browser of its own`,
    )
  if (script) {
    const about = { settings, environment, variables, embedded }
    const named = variables.ENVIRONMENT ?? project.config.environment
    const placed = await placeScript(script, { ...about, named, own })
    if (faults.length > 0 && !placed.embedded)
      throw new UserError(
        `--fault: ${script.source} does not load the embedded shop. Give the faults to \`loadwright shop\`, and its URL by --base-url`,
      )
    const manifest = scriptManifest(script)
    return {
      suite: { manifest, path: script.path, ...(script.map === undefined ? {} : { map: script.map }) },
      script: script.source,
      files: script.files,
      manifest,
      environment,
      judged: [],
      ...placed,
    }
  }
  refuse([...untargeted, ...(embedded && !variables.ENVIRONMENT ? unnamedShop(project) : [])])
  const under = { env: own, spans, variables, name: settings.ENVIRONMENT, environment }
  const entry =
    withBrowser === undefined
      ? name
      : await hybridEntry(project, { suite: name, pages: withBrowser }, { env: own, spans })
  const { suite: built, manifest, leftOut } = await settledSuite(project, entry, under)
  refuse(missingSecrets(built, own))
  const judged = new Set(Object.values(manifest.phases).flatMap((phases) => judgedPhases(phases)))
  return {
    suite: built,
    manifest,
    settings,
    environment,
    variables,
    embedded,
    judged: [...judged],
    owners: sloOwners(manifest, environment.slos),
    notes: leftOutText(leftOut),
  }
}

/** What was given, with the tunnel for a target where there is no other. */
function targeted(given: Given, shell: NodeJS.ProcessEnv, tunnel: TunnelSpec | undefined): Given {
  const named =
    given.flags.BASE_URL ?? given.set.find((pair) => pair.startsWith('BASE_URL=')) ?? shell.BASE_URL
  if (tunnel?.kind !== 'url' || named) return given
  return { ...given, flags: { ...given.flags, BASE_URL: tunnel.url, TUNNEL_URL: tunnel.url } }
}

const isUntargeted = (problem: Problem | string): boolean =>
  typeof problem !== 'string' && problem.where === 'BASE_URL' && problem.got === 'nothing'

/** The shop is no guess where a project has targets of its own. */
function unnamedShop({ config }: Project): Problem[] {
  const targets = Object.entries(config.environments ?? {}).filter(([, { target }]) => target !== undefined)
  const [first] = targets
  if (config.environment !== undefined || !first) return []
  return [
    {
      where: 'ENVIRONMENT',
      got: 'nothing',
      allowed: `the environment to load: ${[...targets.map(([name]) => name), 'shop'].join(', ')}`,
      fix: `Give --environment ${first[0]}, or write environment: ${quote(first[0])} into loadwright.config.ts.`,
    },
  ]
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

/** A plan with another target: the embedded shop's own port, or a tunnel, whose host it may then load. */
export function withTarget(plan: Plan, url: string, tunnel = false): Plan {
  const BASE_URL = parseHttpUrl(url)?.base ?? url
  const changed = { BASE_URL, ...(tunnel ? { TUNNEL_URL: BASE_URL } : {}) }
  return {
    ...plan,
    settings: { ...plan.settings, ...changed },
    variables: { ...plan.variables, ...changed },
  }
}
