import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { binaryName } from './cache.ts'
import { runChild } from './child.ts'
import { onPath } from './path.ts'
import { engineModule } from './pin.ts'
import type { EngineOptions } from './types.ts'

/**
 * Builds k6 in `folder` from a copy of the pinned module and returns the binary's path; throws with the last lines of Go.
 * `go install …@version` would ask the vanity host and fail behind a module proxy; a module with its go.sum does not.
 */
export async function build(folder: string, _version: string, options: EngineOptions): Promise<string> {
  const go = (await onPath('go', options.env))[0]
  if (go === undefined) throw new Error('there is no `go` on PATH')
  const module = join(folder, 'engine')
  await cp(engineModule(options.packageRoot), module, { recursive: true })
  const binary = join(folder, binaryName())
  await runChild(
    go,
    ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', binary, '.'],
    { cwd: module, env: goEnvironment(options.env, folder), signal: options.signal },
  )
  return binary
}

/** For this machine, without C, and with Go's temporary files where they are removed with ours. */
function goEnvironment(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = { ...env, CGO_ENABLED: '0', GOWORK: 'off', GOTMPDIR: folder }
  delete own.GOOS
  delete own.GOARCH
  return own
}
