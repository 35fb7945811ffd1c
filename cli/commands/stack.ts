import { Option, type Command } from 'commander'
import { EXIT, UserError } from '../base/index.ts'
import {
  aboutProject,
  filesOf,
  PORTS,
  ruleFiles,
  servePrometheus,
  stackUrl,
  writeFiles,
} from '../grafana/index.ts'
import { out, say } from './output.ts'

interface Flags {
  port: string
  data: string
  ephemeral?: true
  prometheus: string
}

/** `loadwright stack`: how to start a Prometheus, Tempo and Grafana for one's own machine; `stack prometheus` starts one. */
export function addStack(program: Command): void {
  const stack = program
    .command('stack')
    .description('Prometheus, Tempo, Grafana and Alertmanager for this machine: how to start them')
    .option('--write <folder>', 'write the stack with its dashboards and rules there, grafana for example')
    .addHelpText(
      'after',
      '\nExamples:\n  loadwright stack\n  loadwright stack --write grafana\n  loadwright stack prometheus',
    )
    .action(async ({ write }: { write?: string }) => {
      if (write !== undefined) await copy(write)
      out(howTo(write ?? 'grafana'))
    })
  stack
    .command('prometheus')
    .description('Run a local Prometheus with the rules of this project, no containers, until Ctrl-C')
    .addOption(
      new Option('--port <number>', 'port on 127.0.0.1; 0 takes a free one').default(`${PORTS.prometheus}`),
    )
    .option('--data <folder>', 'where it keeps its data', '.loadwright/prometheus')
    .option('--ephemeral', 'keep nothing')
    .option('--prometheus <path>', 'its program', 'prometheus')
    .addHelpText(
      'after',
      `
Its URL is on the first line. It takes what loadwright run --remote-write sends, with native histograms where its
version has them, and evaluates the rules of the project's own suite. It says where its alerts are.

Examples:
  loadwright stack prometheus
  loadwright stack prometheus --port 0 --ephemeral

Exit codes: 0 ended by a signal · 104 it did not start · 105 Ctrl-C · 96 it ended by itself`,
    )
    .action(async (flags: Flags) => {
      process.exitCode = await serve(flags)
    })
  stack.commands.forEach((command) => command.exitOverride())
}

async function serve({ port, data, ephemeral, prometheus }: Flags): Promise<number> {
  const served = await servePrometheus({
    port: portOf(port),
    program: prometheus,
    data: ephemeral ? undefined : data,
    rules: ruleFiles(await aboutProject()),
  })
  const signalled = new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  out(served.url)
  say(`Prometheus listens; ${ephemeral ? 'nothing is kept' : `its data and its log are in ${data}`}`)
  if (!served.native) say('it has no native histograms: runs are sent in the classic form')
  say(`  loadwright run --remote-write ${served.url}\n  ${served.alerts}\nCtrl-C ends it.`)
  const signal = await Promise.race([signalled, served.ended.then(() => undefined)])
  await served.stop()
  if (signal !== undefined) return signal === 'SIGINT' ? EXIT.interrupted : EXIT.pass
  say(`Prometheus ended by itself${ephemeral ? '' : `: see ${served.log}`}`)
  return EXIT.invalid
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UserError(`--port: got ${JSON.stringify(text)}; allowed: a whole number from 0 to 65535`)
  return port
}

async function copy(folder: string): Promise<void> {
  const files = filesOf(await aboutProject())
  const written = await writeFiles(folder, files, '--write')
  say(`${folder}: ${files.length} files, ${written} of them written anew`)
}

const howTo = (folder: string): string =>
  `With containers (files of \`loadwright grafana\`, or --write):
  docker compose -f ${folder}/stack/compose.yaml up -d
    Grafana       ${stackUrl('grafana')}      dashboards, whoever looks
    Prometheus    ${stackUrl('prometheus')}      takes runs, evaluates rules
    Alertmanager  ${stackUrl('alertmanager')}      shows alerts, sends none
    Tempo         ${stackUrl('tempo')}      traces; takes them on ${stackUrl('otlp')}
  docker compose -f ${folder}/stack/compose.yaml down       add -v to forget the data

Without containers, Prometheus alone:
  loadwright stack prometheus

A run for either:
  loadwright run --remote-write ${stackUrl('prometheus')} --traces ${stackUrl('otlp')}`
