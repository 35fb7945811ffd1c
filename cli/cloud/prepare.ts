import { defined, refuse, UserError } from '../base/index.ts'
import type { Engine } from '../k6/index.ts'
import { cloudAccess, estimate, inspect, ownCloud, type CloudAccess } from '../project/index.ts'
import type { CloudRun, SuiteOptions } from '../record/index.ts'
import { testName, toldSettings } from './command.ts'
import { optionsProblems, type CloudPlan } from './plan.ts'
import { timeoutOf, vuHours, type Size } from './size.ts'

/** What is known of a cloud run before it starts. */
export interface PreparedCloudRun {
  access: CloudAccess
  run: CloudRun
  /** Undefined for a plain script that k6 has not been asked about. */
  size: Size | undefined
  /** Milliseconds. */
  timeout: number
  /** Thresholds that judge the run; undefined where they are not known. */
  thresholds: number | undefined
  /** k6's environment beside the shell's. */
  given: Record<string, string>
}

/**
 * Prepares a cloud run: for whom, by which name, how large, how long. With an engine, a plain script is asked for its
 * options. Throws UserError where the script's own options and the config contradict each other.
 */
export async function prepareCloudRun(
  { plan, cloud, local, timeout }: CloudPlan,
  shell: NodeJS.ProcessEnv,
  { engine, env = [] }: { engine?: Engine; env?: readonly string[] } = {},
): Promise<PreparedCloudRun> {
  const pairs = Object.entries(toldSettings(plan)).map(([name, value]) => `${name}=${value}`)
  const isScript = plan.script !== undefined
  const asked = isScript && engine ? await inspect(engine, plan.suite.path, [...pairs, ...env]) : undefined
  const options = asked?.options ?? plan.manifest.options
  const own = ownCloud(options)
  refuse(optionsProblems(own, cloud))
  const access = await cloudAccess(shell, cloud, own)
  const { project, stack } = access
  const name = testName(plan, own, shell)
  const size = isScript ? asked : estimate(plan.manifest)
  return {
    access,
    size,
    run: {
      name,
      localExecution: local,
      ...defined({ project, stack, vuHours: size && vuHours(size), distribution: cloud.distribution }),
    },
    timeout: timeoutOf(timeout, size),
    thresholds: isScript && !asked ? undefined : thresholdsIn(options),
    given: { ...access.env, K6_CLOUD_NAME: name },
  }
}

/** Throws UserError where nobody is logged in, or stack or project are not known. */
export function refuseWithout({ absent, problems }: CloudAccess): void {
  if (absent !== undefined) throw new UserError(absent)
  refuse(problems)
}

const thresholdsIn = ({ thresholds }: Partial<SuiteOptions>): number =>
  Object.values(thresholds ?? {}).reduce((sum, list) => sum + list.length, 0)
