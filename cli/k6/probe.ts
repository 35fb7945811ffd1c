import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cleanEnvironment } from './environment.ts'
import { floor, meetsFloor, parseVersion } from './version.ts'
import type { EngineOptions } from './types.ts'

/** What a binary is: a k6 that can be used, or why it cannot, as the end of the sentence "<path> …". */
export type EngineProbe = { version: string } | { problem: string }

/** Asks a binary for its version, in bounded time. */
export async function probeEngine(
  path: string,
  options: Pick<EngineOptions, 'env' | 'patience' | 'signal'>,
): Promise<EngineProbe> {
  const { patience = 10_000, signal } = options
  const { env } = cleanEnvironment(options.env)
  const limits = { timeout: patience, killSignal: 'SIGKILL', windowsHide: true } as const
  const answer = await new Promise<{ error: Failure | null; stdout: string; stderr: string }>((done) => {
    execFile(path, ['version'], { ...limits, env, ...(signal && { signal }) }, (error, stdout, stderr) => {
      done({ error, stdout, stderr })
    })
  }).catch((error: unknown) => ({ error: error as Failure, stdout: '', stderr: '' }))
  signal?.throwIfAborted()
  if (answer.error) return { problem: reason(path, answer.error, answer.stderr || answer.stdout, patience) }
  const version = parseVersion(answer.stdout)
  if (version === undefined) {
    return { problem: `is not k6: "version" printed ${JSON.stringify(firstLine(answer.stdout))}` }
  }
  if (!meetsFloor(version)) return { problem: `is k6 ${version}, older than ${floor}` }
  return { version }
}

interface Failure {
  code?: string | number | null
  killed?: boolean
}

const refusals: Partial<Record<string, string>> = {
  ENOTDIR: 'does not exist',
  EACCES: 'may not be executed',
  ENOEXEC: 'is no program for this machine',
}

function reason(path: string, error: Failure, output: string, patience: number): string {
  if (error.killed) return `does not answer "version" within ${patience / 1000} s`
  const code = String(error.code ?? 'a signal')
  if (code === 'ENOENT') return existsSync(path) ? 'cannot start: its loader is missing' : 'does not exist'
  return (
    refusals[code] ?? `fails on "version" (${code})${output.trim() === '' ? '' : `: ${firstLine(output)}`}`
  )
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 200) ?? ''
}
