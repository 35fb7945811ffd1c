import { Option, type Command } from 'commander'
import { FAULTS, startShop } from '../../shop/index.ts'
import { EXIT, UserError } from '../base/index.ts'
import { collectOption } from './options.ts'
import { out } from './output.ts'

interface Flags {
  port: string
  fault?: string[]
  seed?: string
  traces?: string
  dropSpans?: string
}

/** `loadwright shop`: the embedded target by itself, until Ctrl-C. */
export function addShop(program: Command): void {
  program
    .command('shop')
    .description('Serve the embedded shop; its URL is on the first line')
    .addOption(new Option('--port <number>', 'port on 127.0.0.1; 0 takes a free one').default('8080'))
    .option('--fault <fault>', 'make it misbehave; repeatable', collectOption)
    .option('--seed <number>', 'makes faults repeatable')
    .option('--traces <url>', 'export its spans to an OTLP/HTTP collector, such as http://127.0.0.1:4318')
    .option('--drop-spans <share>', 'share of spans to lose, 0 to 1')
    .addHelpText(
      'after',
      `\nExamples:\n  loadwright shop\n  loadwright shop --port 0 --fault latency=/cart/checkout:4000\n\nFaults:\n${faultHelp()}\n\nWhile it runs: GET /_faults lists them, PUT /_faults with a JSON array replaces them.`,
    )
    .action(async (flags: Flags) => {
      const seed = number('--seed', flags.seed)
      const drop = number('--drop-spans', flags.dropSpans)
      const shop = await startShop({
        port: number('--port', flags.port) ?? 8080,
        faults: flags.fault ?? [],
        ...(seed === undefined ? {} : { seed }),
        ...(flags.traces === undefined
          ? {}
          : { traces: { url: flags.traces, ...(drop === undefined ? {} : { drop }) } }),
      }).catch((error: unknown) => {
        throw new UserError(error instanceof Error ? error.message : String(error))
      })
      out(shop.url)
      const signal = await new Promise<NodeJS.Signals>((resolve) => {
        process.once('SIGINT', resolve)
        process.once('SIGTERM', resolve)
      })
      await shop.close()
      process.exitCode = signal === 'SIGINT' ? EXIT.interrupted : 0
    })
}

/** The faults with their syntax, meaning and an example each. */
export function faultHelp(): string {
  return FAULTS.map(
    ({ syntax, meaning, example }) => `  ${syntax}\n      ${meaning}\n      --fault ${example}`,
  ).join('\n')
}

function number(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UserError(`${flag}: got ${JSON.stringify(text)}; allowed: a number`)
  return value
}
