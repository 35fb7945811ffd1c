import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CloudConfig } from '../../config/cloud.ts'
import { settingText } from '../../config/settings/settingText.ts'
import { TREND_STATS } from '../../config/thresholds/thresholds.ts'
import { SUMMARY_FILE, atomicWrite } from '../base/index.ts'
import type { OwnCloud, Plan, Surroundings } from '../project/index.ts'
import type { SuiteOptions } from '../record/index.ts'
import type { CloudPlan } from './plan.ts'

/** Input and output paths of a cloud run. */
export interface CloudSurroundings extends Required<Omit<Surroundings, 'record' | 'spans' | 'part'>> {
  /** k6's config file with load zones and note, if there are any. */
  config?: string
}

/** k6's cloud output starts only with these (`internal/cmd/outputs_cloud.go`, validateRequiredSystemTags). */
const NEEDED_TAGS = ['name', 'method', 'status', 'error', 'check', 'group']

/**
 * The arguments of `k6 cloud run`: nothing of the shell reaches a load generator, so every setting is given, but for
 * SPANS, which nobody reads there.
 */
export function cloudArguments(
  { plan, local }: CloudPlan,
  { id, folder, bundle, config, env, more }: CloudSurroundings,
): string[] {
  const { SPANS: _, ...settings } = toldSettings(plan)
  const told = { ...settings, RUN_ID: id, ...(local ? { SUMMARY: 'none' } : {}) }
  const tags = systemTags(plan.manifest.options)
  return [
    ...['cloud', 'run', ...(local ? ['--local-execution'] : [])],
    ...Object.entries(told).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    ...env.flatMap((pair) => ['-e', pair]),
    ...['--tag', `testid=${id}`],
    ...(tags === undefined ? [] : ['--system-tags', tags.join(',')]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(local ? ['--summary-export', `${folder}/${SUMMARY_FILE}`] : []),
    // A suite's own options ask for these.
    ...(local && plan.script !== undefined ? ['--summary-trend-stats', TREND_STATS.join(',')] : []),
    ...more,
    bundle,
  ]
}

/** Every setting as `-e` gives it: as it was written, else as it was resolved. A plain script is given what was said. */
export function toldSettings({ settings, variables, script }: Plan): Record<string, string> {
  const resolved = Object.entries(settings).flatMap(([name, value]): [string, string][] => {
    const text = settingText(name, value)
    return text === '' || (script !== undefined && name !== 'BASE_URL') ? [] : [[name, text]]
  })
  const said = Object.entries(variables).filter(([, value]) => value !== '')
  return Object.fromEntries([...resolved, ...said])
}

/** The suite's system tags with those that the cloud needs; undefined where it has none of its own. */
function systemTags(options: SuiteOptions): string[] | undefined {
  const { systemTags } = options as { systemTags?: readonly string[] }
  return systemTags && [...new Set([...systemTags, ...NEEDED_TAGS])]
}

/** The name of a test: in a project tests of one name overwrite one another, so each profile has one of its own. */
export function testName(
  { manifest, settings, script }: Plan,
  own: OwnCloud,
  shell: NodeJS.ProcessEnv,
): string {
  if (shell.K6_CLOUD_NAME) return shell.K6_CLOUD_NAME
  return own.name ?? (script === undefined ? `${manifest.suite} ${settings.PROFILE}` : manifest.suite)
}

/** k6's config file for a project's load zones and note; undefined where it has neither. */
export function configText({ distribution, note }: CloudConfig): string | undefined {
  if (distribution === undefined && note === undefined) return undefined
  return `${JSON.stringify({ cloud: { distribution, note } }, undefined, 2)}\n`
}

/** Writes the config file of a suite, beside its bundle in `dist`, if it needs one; gives its path. */
export async function writeConfig(
  folder: string,
  suite: string,
  cloud: CloudConfig,
): Promise<string | undefined> {
  const text = configText(cloud)
  if (text === undefined) return undefined
  const path = join(folder, 'dist', `${suite}.cloud.json`)
  await mkdir(dirname(path), { recursive: true })
  await atomicWrite(path, text)
  return path
}

/** Variables of k6's that are taken out of its environment: none may put more into the archive, or hide the end. */
const UNWANTED = [
  ...['K6_INCLUDE_SYSTEM_ENV_VARS', 'K6_EXIT_ON_RUNNING', 'K6_LINGER', 'K6_PAUSED', 'K6_LOG_OUTPUT'],
  'K6_CLOUD_PUSH_REF_ID',
]

/** The environment of k6: the shell's, without what would falsify a cloud run; what was given in vain is left out. */
export function cloudEnvironment(
  shell: NodeJS.ProcessEnv,
  given: Readonly<Record<string, string>>,
): { env: NodeJS.ProcessEnv; removed: string[] } {
  const removed = UNWANTED.filter((name) => shell[name] !== undefined)
  // k6 takes an empty K6_CLOUD_TOKEN for one, before that of `k6 cloud login`.
  const isKept = ([name, value]: [string, string | undefined]): boolean =>
    !removed.includes(name) && !(name.startsWith('K6_CLOUD_') && value === '')
  return { env: { ...Object.fromEntries(Object.entries(shell).filter(isKept)), ...given }, removed }
}
