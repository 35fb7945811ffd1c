import { readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** k6's configuration file of this user, and what it gives that a suite, a flag or a setting has to say. */
export interface Foreign {
  path: string
  /** Names of options; empty where the file cannot be read. */
  options: string[]
  /** What k6 keeps in it for itself: a file with nothing else, as JSON. */
  rest: string
}

/** What `k6 cloud login` writes. */
const OWN = 'collectors'

/** Where k6 looks for its configuration unless it is told, as Go's `os.UserConfigDir` has it. */
export function configPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const home = env.HOME ?? homedir()
  const folder =
    platform === 'darwin'
      ? join(home, 'Library', 'Application Support')
      : platform === 'win32'
        ? (env.APPDATA ?? join(home, 'AppData', 'Roaming'))
        : [env.XDG_CONFIG_HOME, join(home, '.config')].find(Boolean)
  return join(folder ?? home, 'k6', 'config.json')
}

/** The options that k6 would take from this user's configuration file; undefined where there are none. */
export async function foreignConfig(env: NodeJS.ProcessEnv): Promise<Foreign | undefined> {
  const path = configPath(env)
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const given = JSON.parse(text) as Record<string, unknown>
    const options = Object.keys(given).filter((key) => key !== OWN && given[key] !== null)
    return options.length === 0 ? undefined : { path, options, rest: JSON.stringify({ [OWN]: given[OWN] }) }
  } catch {
    return { path, options: [], rest: '{}' }
  }
}

/** Writes into a folder a configuration file for k6 instead of this user's where that gives options, which is said. */
export async function withoutConfig(
  folder: string,
  say: (line: string) => void,
): Promise<string | undefined> {
  const found = await foreignConfig(process.env)
  if (!found) return undefined
  const { path, options, rest } = found
  say(`left out ${path}, which ${options.length > 0 ? `gives ${options.join(', ')}` : 'is no JSON'}`)
  const file = join(folder, 'k6-config.json')
  await writeFile(file, rest, { mode: 0o600 })
  return file
}
