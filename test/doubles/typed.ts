import { Command } from 'commander'
import { vi } from 'vitest'

/** What a command did. */
export interface Typed {
  /** What it printed on stdout, and on stderr. */
  readonly text: string
  readonly said: string
  /** The exit code that it set, 0 unless it did. */
  readonly code: number
}

const exitCode = (): number => Number(process.exitCode ?? 0)

/** Types a command line, of a program that has some commands. Rejects with what the command throws. */
export async function typed(
  commands: readonly ((program: Command) => void)[],
  ...args: readonly string[]
): Promise<Typed> {
  const program = new Command().exitOverride()
  for (const add of commands) add(program)
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockReturnValue(true),
  )
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await program.parseAsync(args, { from: 'user' })
    const [text = '', said = ''] = streams.map(({ mock }) =>
      mock.calls.map(([part]) => String(part)).join(''),
    )
    return { text, said, code: exitCode() }
  } finally {
    for (const stream of streams) stream.mockRestore()
    process.exitCode = before
  }
}
