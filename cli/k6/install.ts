import { chmod, rename } from 'node:fs/promises'
import { build } from './build.ts'
import { cachedBinary, inWorkspace } from './cache.ts'
import { download } from './download.ts'
import { helpText } from './help.ts'
import { probeEngine } from './probe.ts'
import { elapsedText, ticking } from './progress.ts'
import { EngineError } from './types.ts'
import type { Engine, EngineOptions } from './types.ts'

const ways = [
  { source: 'download', doing: 'downloading', obtain: download },
  { source: 'build', doing: 'building', obtain: build },
] as const

/**
 * Puts the pinned k6 into loadwright's cache: the release, else a build. The binary is tried before it is renamed to its
 * place, so that two processes may install at once; throws EngineError with every reason, `notes` first.
 */
export async function install(
  version: string,
  notes: readonly string[],
  options: EngineOptions,
): Promise<Engine> {
  const path = cachedBinary(options.env, version)
  const tried = [...notes]
  for (const way of ways) {
    const begun = performance.now()
    const label = `${way.doing} k6 ${version}`
    options.progress?.(label, 'said')
    try {
      await ticking(options, label, () =>
        inWorkspace(path, async (folder) => {
          const binary = await way.obtain(folder, version, options)
          await chmod(binary, 0o755)
          const answer = await probeEngine(binary, options)
          if ('problem' in answer) throw new Error(`the new binary ${answer.problem}`)
          if (answer.version !== version)
            throw new Error(`the new binary is k6 ${answer.version}, not ${version}`)
          await rename(binary, path)
        }),
      )
      options.progress?.(
        `${label}: done in ${elapsedText(performance.now() - begun)}, kept in ${path}`,
        'said',
      )
      return { path, version, source: way.source, notes: tried }
    } catch (error) {
      const reason = options.signal?.aborted ? 'interrupted' : (error as Error).message
      options.progress?.(`${label}: ${reason.split('\n')[0] ?? ''}`, 'said')
      options.signal?.throwIfAborted()
      tried.push(`${way.source}: ${reason}`)
    }
  }
  throw new EngineError(helpText(version, tried))
}
