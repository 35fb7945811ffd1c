import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where a program lies on the PATH, or in Debian's own folders. */
function find(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/usr/sbin'].filter(Boolean)
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The path of a program that tests need. Where it is missing, and we are root on Debian, its package is installed,
 * without a service of it being started; else throws a sentence that says what to do.
 */
export function debianProgram(name: string, from = name): string {
  const found = find(name)
  if (found !== undefined) return found
  const how = `apt-get install -y --no-install-recommends ${from}`
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version'))
    throw new Error(`${name} is not installed, and this test needs it: as root on Debian, ${how}`)
  // A package that is not known yet is, once the lists are fetched.
  const problem = apt(how) && (apt('apt-get update') ?? apt(how))
  const path = find(name)
  if (path === undefined)
    throw new Error(`${name} cannot be installed by ${how}: ${problem ?? 'the package has no such program'}`)
  return path
}

/**
 * Runs apt-get, after one that another test has started; gives what it said where it failed. RUNLEVEL keeps Debian from
 * starting what it installs.
 */
function apt(command: string): string | undefined {
  const [program = '', ...args] = `${command} -o DPkg::Lock::Timeout=300`.split(' ')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const { status, stderr, error } = spawnSync(program, args, { env, encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim().split('\n').at(-1) ?? '')
}
