import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { EXIT, refuse } from '../base/index.ts'
import { findRun, runNames } from '../record/index.ts'
import { noteForwarded } from '../run/index.ts'
import {
  accessOf,
  lostOf,
  plannedText,
  remaining,
  replayedText,
  replayQueues,
  targetOf,
  waitingRuns,
} from '../telemetry/index.ts'
import { abortable } from './abort.ts'
import { out, say } from './output.ts'

interface Flags {
  results: string
  remoteWrite?: string
  dryRun?: true
  json?: true
}

/** `loadwright forward`: sends the samples of former runs that a server did not take in time. */
export function addForward(program: Command): void {
  program
    .command('forward')
    .description('Send the samples of former runs that still wait for their server')
    .argument('[run]', 'one run alone, as in report; every run if left out')
    .option('--results <folder>', 'where run folders are', 'results')
    .option('--remote-write <URL>', 'where to send instead of where each run was to send')
    .option('--dry-run', 'list what waits; send nothing')
    .option('--json', 'as JSON, described in docs/forwarding.md')
    .addHelpText(
      'after',
      `
A URL without a path gets Prometheus' own, /api/v1/write; Mimir takes /api/v1/push.
Credentials come from the environment, under k6's names: K6_PROMETHEUS_RW_USERNAME, …_PASSWORD,
…_BEARER_TOKEN, …_HEADERS_<name> (a tenant: K6_PROMETHEUS_RW_HEADERS_X-Scope-OrgID).

Examples:
  loadwright forward --dry-run
  loadwright forward
  loadwright forward boutique-20261121T205900-1a2b --remote-write http://127.0.0.1:9090

Exit codes: 0 all was sent · 96 something is left, or damaged · 104 refused · 105 interrupted`,
    )
    .action(async (run: string | undefined, flags: Flags) => {
      process.exitCode = await forward(run, flags)
    })
}

async function forward(
  run: string | undefined,
  { results, remoteWrite, dryRun, json }: Flags,
): Promise<number> {
  await runNames(results)
  const one = run === undefined ? {} : { run: await idOf(results, run) }
  const show = (value: unknown, text: string): void => out(json ? JSON.stringify(value, undefined, 2) : text)
  const told = remoteWrite === undefined ? undefined : targetOf({ url: remoteWrite, env: process.env })
  if (remoteWrite !== undefined && !told)
    refuse([{ where: '--remote-write', got: 'off', allowed: 'a URL: something is to be sent' }])
  if (dryRun) {
    const runs = await waitingRuns(results, one.run)
    show({ runs }, plannedText(runs, told?.url))
    return EXIT.pass
  }
  const { access, problems } = accessOf(process.env)
  refuse(problems)
  const shell = targetOf({ env: process.env })
  const replayed = await abortable(async (signal) => {
    const all = await replayQueues({
      results,
      access,
      say,
      signal,
      ...one,
      ...(told ? { url: told.url } : {}),
      ...(shell ? { shellUrl: shell.url } : {}),
    })
    signal.throwIfAborted()
    return all
  })
  await noteForwarded(results, replayed)
  const [left, lost] = [remaining(replayed), lostOf(replayed)]
  show({ runs: replayed, left, lost }, replayedText(replayed))
  return left + lost > 0 ? EXIT.invalid : EXIT.pass
}

/** The id of a run; of one that was killed before it had a record, its folder's name. */
async function idOf(results: string, run: string): Promise<string> {
  return existsSync(join(results, run)) ? run : basename(await findRun(results, run))
}
