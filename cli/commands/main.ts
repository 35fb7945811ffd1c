import { CommanderError } from 'commander'
import { EXIT, UserError } from '../base/index.ts'
import { EngineError } from '../k6/index.ts'
import { strayError } from '../project/index.ts'
import { beShopThread } from '../run/index.ts'
import { program } from './index.ts'
import { say } from './output.ts'

async function main(): Promise<void> {
  try {
    await program().parseAsync()
  } catch (error) {
    process.exitCode = exitCodeOf(error)
  }
}

/** Says what went wrong: a person's mistake as its sentence, a defect of ours with its stack. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.refused
  if (error instanceof UserError) {
    say(error.message)
    return error.exitCode
  }
  if (error instanceof EngineError) {
    say(error.message)
    return EXIT.refused
  }
  const { code, syscall, path, message } = error as NodeJS.ErrnoException
  // Errors of the file system (full disk, missing permission) are not defects of loadwright.
  if (syscall !== undefined && path !== undefined) {
    say(`${path}: ${message.replace(/^\w+: |, \w+( '.*')?$/g, '')} (${code ?? syscall})`)
    return EXIT.refused
  }
  say(
    `a defect of loadwright, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  )
  return 1
}

process.stderr.on('error', () => undefined)
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // A reader that has gone (`| head`) ends no run.
  if (code === 'EPIPE') return
  say(`what was to be printed is lost: ${code ?? 'stdout'} (is the disk full?)`)
  // A verdict that is given stays.
  process.exitCode ??= EXIT.refused
})

// An error that a config or a pool throws in a timer or an unhandled promise is its author's.
process.on('uncaughtException', (error) => {
  process.exit(exitCodeOf(strayError(error) ?? error))
})
if (!(await beShopThread())) await main()
