import { dirname } from 'node:path'
import { Option, type Command } from 'commander'
import { parseDuration } from '../../config/duration.ts'
import { quote } from '../../config/problem/problem.ts'
import { EXIT, refusal } from '../base/index.ts'
import { readResults, VERDICTS, type Listed } from '../record/index.ts'
import { damagedText, filterRuns, runsText } from '../report/index.ts'
import { openRun } from '../verdict/index.ts'
import { out, say } from './output.ts'

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
    .option('--json', 'print { runs: […], damaged: […] }')
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

/** A run that has not ended, or was killed, with the requests that it has left: its record was written before them. */
async function counted(run: Listed): Promise<Listed> {
  if (run.state === 'ended') return run
  const { record } = await openRun(dirname(run.folder), run.folder)
  return { ...run, requests: record.totals.requests }
}

async function runs({ results, limit, since, json, ...wanted }: Flags): Promise<number> {
  const most = Number(limit)
  const within = since === undefined ? undefined : parseDuration(since)
  if (!Number.isSafeInteger(most) || most < 1)
    throw refusal([{ where: '--limit', got: quote(limit), allowed: 'a whole number above 0' }])
  if (since !== undefined && within === undefined)
    throw refusal([{ where: '--since', got: quote(since), allowed: 'a duration such as 90m or 24h' }])
  const after = within === undefined ? undefined : Date.now() - within
  const { runs: all, damaged } = await readResults(results)
  const found = filterRuns(all, { ...wanted, ...(after === undefined ? {} : { after }) })
  const shown = await Promise.all(found.slice(0, most).map(counted))
  if (json) out(JSON.stringify({ runs: shown, damaged }, undefined, 2))
  else {
    out(runsText(shown, { all: found.length, results }))
    if (damaged.length > 0) say(damagedText(damaged))
  }
  return EXIT.pass
}
