import { Command, CommanderError } from 'commander'
import { addBuild } from './commands/build.ts'
import { addK6 } from './commands/k6.ts'
import { addList } from './commands/list.ts'
import { say } from './commands/output.ts'
import { addRun } from './commands/run.ts'
import { addShop } from './commands/shop.ts'
import { EXIT, UserError } from './errors.ts'
import { EngineError } from './k6/index.ts'
import { version } from './package.ts'
import { beShopThread } from './run/shop.ts'

async function main(): Promise<void> {
  const program = new Command('loadwright')
    .description('Performance tests for k6, written once as journeys')
    .version(version)
    .showSuggestionAfterError()
    .exitOverride()
  for (const add of [addRun, addList, addBuild, addShop, addK6]) add(program)
  for (const command of program.commands) command.exitOverride()
  try {
    await program.parseAsync()
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
  say(
    `a defect of loadwright, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  )
  return 1
}

if (!(await beShopThread())) await main()
