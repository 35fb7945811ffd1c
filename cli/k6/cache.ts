import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const DAY_MS = 24 * 60 * 60 * 1000

/** The file name of k6 on a platform. */
export function binaryName(platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? 'k6.exe' : 'k6'
}

/** Where loadwright keeps its own k6: `k6/<version>/k6` in {@link cacheFolder}. */
export const cachedBinary = (
  env: NodeJS.ProcessEnv,
  version: string,
  platform: NodeJS.Platform = process.platform,
): string => join(cacheFolder(env, platform), 'k6', version, binaryName(platform))

/** The folder `loadwright` in LOADWRIGHT_CACHE, else in XDG_CACHE_HOME, else in the platform's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const root = [env.LOADWRIGHT_CACHE, env.XDG_CACHE_HOME, platformCache(env, platform)].find(Boolean)
  return join(resolve(root ?? '.'), 'loadwright')
}

/**
 * Runs `body` with a new empty folder on the disk of `file`, and removes the folder whatever happens; also removes those
 * that a killed process left more than a day ago.
 */
export async function inWorkspace<T>(file: string, body: (folder: string) => Promise<T>): Promise<T> {
  const home = dirname(file)
  await mkdir(home, { recursive: true })
  await sweep(home)
  const folder = await mkdtemp(join(home, 'tmp-'))
  try {
    return await body(folder)
  } finally {
    await remove(folder)
  }
}

function platformCache(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = [env.HOME, homedir()].find(Boolean) ?? '.'
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  if (platform === 'win32') return [env.LOCALAPPDATA, join(home, 'AppData', 'Local')].find(Boolean) ?? '.'
  return join(home, '.cache')
}

async function sweep(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith('tmp-')) continue
    const folder = join(home, name)
    const made = await stat(folder).catch(() => undefined)
    if (made && Date.now() - made.mtimeMs > DAY_MS) await remove(folder)
  }
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}
