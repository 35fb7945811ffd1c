import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { quote } from '../../../config/problem/problem.ts'
import { refusal, UserError } from '../../base/index.ts'
import { shortCommit } from '../../record/index.ts'
import { runCommand } from './command.ts'
import { targetLog } from './targetLog.ts'

/** A commit's files in a folder of their own. */
export interface Checkout {
  /** The commit that the ref is: its first characters. */
  readonly commit: string
  /** The folder that is to this checkout what the working folder is to its repository. */
  readonly folder: string
  remove(): Promise<void>
}

const git = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)('git', args, { maxBuffer: 10 * 1024 * 1024 })).stdout.trim()

/** The commit of a ref. Throws UserError where the working folder is in no repository, or has no such ref. */
export async function commitOf(flag: string, ref: string): Promise<string> {
  await git('rev-parse', '--git-dir').catch(() => {
    throw refusal([{ where: flag, got: quote(ref), allowed: 'a ref, in the folder of a git repository' }])
  })
  return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`).catch(() => {
    throw refusal([
      { where: flag, got: quote(ref), allowed: 'a branch, a tag or a commit that git knows here' },
    ])
  })
}

/**
 * Checks a commit out into a temporary folder, and builds it there. Throws UserError where that fails; then nothing is left
 * of it.
 */
export async function checkOut(
  commit: string,
  { build, log, signal }: { build: string | undefined; log: string; signal: AbortSignal },
): Promise<Checkout> {
  const root = await mkdtemp(join(tmpdir(), `loadwright-ab-${shortCommit(commit)}-`))
  const remove = async (): Promise<void> => {
    await git('worktree', 'remove', '--force', root).catch(() => undefined)
    await rm(root, { recursive: true, force: true })
    await git('worktree', 'prune').catch(() => undefined)
  }
  try {
    await git('worktree', 'add', '--detach', root, commit).catch((error: unknown) => {
      throw new UserError(
        `git worktree add ${shortCommit(commit)}: ${(error as Error).message.split('\n').at(-1) ?? ''}`,
      )
    })
    const folder = join(root, await git('rev-parse', '--show-prefix'))
    if (build !== undefined) await built(build, { folder, log, signal })
    return { commit: shortCommit(commit), folder, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function built(
  command: string,
  { folder, log: file, signal }: { folder: string; log: string; signal: AbortSignal },
): Promise<void> {
  const log = targetLog(file)
  const running = runCommand({ command, cwd: folder }, log)
  const stop = (): void => void running.stop()
  signal.addEventListener('abort', stop, { once: true })
  const end = await running.ended
  signal.removeEventListener('abort', stop)
  await running.stop()
  await log.close()
  signal.throwIfAborted()
  if (end !== 'exit 0') throw new UserError(`--build ended (${end}) in ${folder}: see ${file}. ${log.last()}`)
}
