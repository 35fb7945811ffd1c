import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cachedBinary } from './cache.ts'
import { helpText } from './help.ts'
import { install } from './install.ts'
import { onPath } from './path.ts'
import { pinnedVersion } from './pin.ts'
import { probeEngine } from './probe.ts'
import { EngineError } from './types.ts'
import type { Engine, EngineOptions } from './types.ts'

/**
 * The k6 to use: K6_BIN, else the first usable one on PATH, else loadwright's cache, else the pinned release downloaded,
 * else built where Go is found. Throws EngineError; a K6_BIN that cannot be used is an error, never passed over.
 */
export async function findEngine(options: EngineOptions): Promise<Engine> {
  const version = await pinnedVersion(options.packageRoot)
  const notes: string[] = []
  const found = await existing(version, notes, options)
  if (found) return found
  if (options.install === false) throw new EngineError(helpText(version, notes))
  return install(version, notes, options)
}

/** Like findEngine, and says so where k6 is there already; `force` puts the pinned one into the cache all the same. */
export async function installEngine(options: EngineOptions & { force?: boolean }): Promise<Engine> {
  const version = await pinnedVersion(options.packageRoot)
  if (options.force) return install(version, [], options)
  const notes: string[] = []
  const found = await existing(version, notes, options)
  if (!found) return install(version, notes, options)
  options.progress?.(`k6 ${found.version} is already there (${found.source}): ${found.path}`, 'said')
  return found
}

async function existing(
  version: string,
  notes: string[],
  options: EngineOptions,
): Promise<Engine | undefined> {
  const named = options.env.K6_BIN
  if (named) {
    const path = await namedBinary(named, options.env)
    const answer = await probeEngine(path, options)
    if ('version' in answer) return { path, version: answer.version, source: 'K6_BIN', notes }
    throw new EngineError(
      `K6_BIN=${named}: ${path} ${answer.problem}.\nCorrect K6_BIN, or unset it to let loadwright search.`,
    )
  }

  const paths = await onPath('k6', options.env)
  if (paths.length === 0) notes.push('PATH: there is no k6')
  const cached = cachedBinary(options.env, version)
  const places = [
    ...paths.map((path) => ({ source: 'PATH' as const, path })),
    { source: 'cache' as const, path: cached },
  ]
  for (const { source, path } of places) {
    const answer = await probeEngine(path, options)
    if ('version' in answer) return { path, version: answer.version, source, notes }
    notes.push(`${source}: ${path} ${answer.problem}`)
    if (source === 'PATH') options.progress?.(`skipped: ${path} ${answer.problem}`, 'said')
  }
  return undefined
}

/** K6_BIN as a shell would read it: a bare name that is no file here is looked up on PATH. */
async function namedBinary(named: string, env: NodeJS.ProcessEnv): Promise<string> {
  const path = resolve(named)
  if (/[/\\]/.test(named) || (await stat(path).catch(() => undefined))) return path
  return (await onPath(named, env))[0] ?? path
}
