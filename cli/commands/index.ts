import { Command } from 'commander'
import { version } from '../package.ts'
import { addBuild } from './build.ts'
import { addK6 } from './k6.ts'
import { addList } from './list.ts'
import { addRun } from './run.ts'
import { addShop } from './shop.ts'

/** The command line with all its commands; what it cannot parse is thrown as a CommanderError. */
export function program(): Command {
  const program = new Command('loadwright')
    .description('Performance tests for k6, written once as journeys')
    .version(version)
    .showSuggestionAfterError()
    .exitOverride()
  for (const add of [addRun, addList, addBuild, addShop, addK6]) add(program)
  for (const command of program.commands) command.exitOverride()
  return program
}
