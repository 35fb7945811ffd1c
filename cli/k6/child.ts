import { spawn } from 'node:child_process'

const GRACE_MS = 5000
const MAX_OUTPUT_CHARACTERS = 4000

/**
 * Runs a program to its end; throws with its last lines where it fails. An abort sends SIGINT, after 5 s SIGKILL, waits
 * for the end and throws the signal's reason.
 */
export async function runChild(
  path: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; signal?: AbortSignal | undefined },
): Promise<void> {
  const { cwd, env, signal } = options
  signal?.throwIfAborted()
  const child = spawn(path, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  let output = ''
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-MAX_OUTPUT_CHARACTERS))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)

  let killer: NodeJS.Timeout | undefined
  const interrupt = () => {
    child.kill('SIGINT')
    killer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  }
  signal?.addEventListener('abort', interrupt, { once: true })
  try {
    const end = await new Promise<string>((done, fail) => {
      child.on('error', fail)
      const finish = (code: number | null, killed: string | null) => done(killed ?? `exit ${code ?? 0}`)
      child.on('close', finish)
      child.on('exit', (code, killed) => setTimeout(finish, 1000, code, killed).unref())
    })
    signal?.throwIfAborted()
    if (end !== 'exit 0')
      throw new Error(`${[path, ...args.slice(0, 1)].join(' ')} failed (${end})${last(output)}`)
  } finally {
    clearTimeout(killer)
    signal?.removeEventListener('abort', interrupt)
    child.stdout.destroy()
    child.stderr.destroy()
  }
}

function last(output: string): string {
  const lines = output.trim().split('\n').slice(-10)
  return output.trim() === '' ? '' : `:\n${lines.map((line) => `  ${line}`).join('\n')}`
}
