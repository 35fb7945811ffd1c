import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Environment } from '../../config/environments.ts'
import type { Settings, Variables } from '../../config/settings/settings.ts'
import { refusal } from '../base/index.ts'
import { NO_ENVIRONMENT } from '../record/index.ts'
import type { Script } from './script.ts'
import { scriptTargets } from './targets.ts'

/** Target of a run: its settings, those that k6 gets, and whether the embedded shop is started. */
export interface Placed {
  settings: Settings
  variables: Record<string, string>
  embedded: boolean
  /** The hosts that a script is expected to contact, as far as its requests hide theirs. */
  hosts: readonly string[]
}

/** Flags, shell variables and config that decide the target of a run. */
export interface Told extends Omit<Placed, 'hosts'> {
  environment: Environment
  /** The environment that a flag, the shell or the config names. */
  named: string | undefined
  /** Variables that the script will find. */
  own: Variables
}

/** Requests that may have a name in the place of their URL. */
const NAMED = /\bname\b\s*['"`\]]?\s*[:=,}]|\bhttp\.url\b/

/**
 * Where a plain script goes. Its target is its own: BASE_URL is handed to it where somebody gave one, or where it cannot do
 * without and the project's environment has one. Throws UserError where it cannot do without, and nobody has one.
 */
export async function placeScript(script: Script, told: Told): Promise<Placed> {
  const { settings, variables, embedded, environment, named, own } = told
  const placed = named ? settings : { ...settings, ENVIRONMENT: NO_ENVIRONMENT }
  const base = variables.BASE_URL ? { BASE_URL: variables.BASE_URL } : {}
  const seen = NAMED.test(script.code) || (script.asksTarget && !variables.BASE_URL)
  const folder = dirname(resolve(script.path))
  const open = (path: string): string => readFileSync(resolve(folder, path), 'utf8')
  const { needsBaseUrl, hosts } = seen
    ? await scriptTargets(script.code, { ...own, ...base }, open)
    : { needsBaseUrl: false, hosts: [] }
  if (variables.BASE_URL) return { settings: placed, variables, embedded: false, hosts }
  if (!needsBaseUrl) return { settings: { ...placed, BASE_URL: '' }, variables, embedded: false, hosts }
  if (!named || environment.target === undefined)
    throw refusal([
      {
        where: 'BASE_URL',
        got: 'nothing',
        allowed: `a target, because ${script.source} reads __ENV.BASE_URL and has no default`,
        fix: 'Give --base-url URL.',
      },
    ])
  return { settings, embedded, variables: { ...variables, BASE_URL: settings.BASE_URL }, hosts: [] }
}
