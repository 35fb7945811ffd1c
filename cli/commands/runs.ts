import { Option, type Command } from 'commander'
import { parseDuration, quote } from '../../config/index.ts'
import { EXIT, refusal } from '../errors.ts'
import { listRuns } from '../runs/list.ts'
import { filterRuns, runsText } from '../runs/text.ts'
import { VERDICTS } from '../run/verdict.ts'
import { out } from './output.ts'

interface Flags {
  suite?: string
  profile?: string
  environment?: string
  verdict?: string
  since?: string
  limit: string
  results: string
  json?: true
}

/** `loadwright runs`: lists the runs that left a record. */
export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('List the runs that left a record, newest first')
    .option('--suite <name>', 'of this suite')
    .option('--profile <name>', 'with this profile')
    .option('--environment <name>', 'in this environment')
    .addOption(new Option('--verdict <verdict>', 'that came to this').choices(VERDICTS))
    .option('--since <duration>', 'started within this time, such as 24h')
    .option('--limit <n>', 'at most so many', '20')
    .option('--results <folder>', 'where run folders lie', 'results')
    .option('--json', 'print { runs: […] }')
    .addHelpText(
      'after',
      `
Examples:
  loadwright runs
  loadwright runs --verdict fail --since 24h
  loadwright runs --suite boutique --profile load --json`,
    )
    .action(async (flags: Flags) => {
      process.exitCode = await runs(flags)
    })
}

async function runs({ results, limit, since, json, ...wanted }: Flags): Promise<number> {
  const most = Number(limit)
  const within = since === undefined ? undefined : parseDuration(since)
  if (!Number.isSafeInteger(most) || most < 1)
    throw refusal([{ where: '--limit', got: quote(limit), allowed: 'a whole number above 0' }])
  if (since !== undefined && within === undefined)
    throw refusal([{ where: '--since', got: quote(since), allowed: 'a duration such as 90m or 24h' }])
  const after = within === undefined ? undefined : Date.now() - within
  const found = filterRuns(await listRuns(results), { ...wanted, ...(after === undefined ? {} : { after }) })
  const shown = found.slice(0, most)
  out(json ? JSON.stringify({ runs: shown }, undefined, 2) : runsText(shown, { all: found.length, results }))
  return EXIT.pass
}
