import { Command } from 'commander'
import { version } from '../base/index.ts'
import { addAb } from './ab.ts'
import { addAnnotate } from './annotate.ts'
import { addAudit } from './audit.ts'
import { addBaseline } from './baseline.ts'
import { addBuild } from './build.ts'
import { addCheck } from './check.ts'
import { addCloud } from './cloud.ts'
import { addCollect } from './collect.ts'
import { addCompare } from './compare.ts'
import { addDev } from './dev.ts'
import { addDoctor } from './doctor.ts'
import { addGate } from './gate.ts'
import { addHistory } from './history.ts'
import { addImport } from './import.ts'
import { addInit } from './init.ts'
import { addK6 } from './k6.ts'
import { addKubernetes } from './kubernetes.ts'
import { addList } from './list.ts'
import { addMonitor } from './monitor.ts'
import { addPreset } from './preset.ts'
import { addRuns } from './runs.ts'
import { addReport } from './report.ts'
import { enterProject } from './folder.ts'
import { addForward } from './forward.ts'
import { addGrafana } from './grafana.ts'
import { addRun } from './run.ts'
import { addSize } from './size.ts'
import { addSlo } from './slo.ts'
import { addShow } from './show.ts'
import { addShop } from './shop.ts'
import { addStack } from './stack.ts'
import { addWatch } from './watch.ts'

/** A command on one line of the list: without what its own help says. */
const subcommandTerm = (command: Command): string =>
  [
    command.name(),
    ...command.registeredArguments.filter(({ variadic }) => !variadic).map((one) => `[${one.name()}]`),
  ].join(' ')

const HELP = `
Start with:
  loadwright init            write a first suite
  loadwright run             run it: a verdict and a record
  loadwright dev             run it after every change
  loadwright doctor          what is there, what is missing, what to type

loadwright <command> --help has examples of each.`

/** The command line with all its commands; what it cannot parse is thrown as a CommanderError. */
export function program(): Command {
  const program = new Command('loadwright')
    .description('Performance tests for k6, written once as journeys')
    .version(version)
    .showSuggestionAfterError()
    .configureHelp({ subcommandTerm })
    .exitOverride()
  program.addHelpText('after', HELP)
  program.hook('preAction', (_, command) => enterProject(command))
  for (const add of [
    addInit,
    addImport,
    addPreset,
    addRun,
    addDev,
    addRuns,
    addShow,
    addReport,
    addCompare,
    addGate,
    addWatch,
    addHistory,
    addAb,
    addAudit,
    addBaseline,
    addSlo,
    addForward,
    addAnnotate,
    addList,
    addSize,
    addBuild,
    addCheck,
    addMonitor,
    addGrafana,
    addStack,
    addCloud,
    addCollect,
    addKubernetes,
    addShop,
    addK6,
    addDoctor,
  ])
    add(program)
  for (const command of program.commands) command.exitOverride()
  return program
}
