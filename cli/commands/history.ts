import type { Command } from 'commander'
import { parseDuration } from '../../config/duration.ts'
import { quote } from '../../config/problem/problem.ts'
import { refusal, refuse } from '../base/index.ts'
import { readProject } from '../project/index.ts'
import { historyHtml, historyMarkdown, historyText } from '../report/index.ts'
import { historySeries } from '../run/index.ts'
import { targetOf, writeOnce } from '../telemetry/index.ts'
import { HISTORY_LIMITS, historyOf, historySources, type History, type Places } from '../verdict/index.ts'
import { formatNamed } from './format.ts'
import { withPlaces } from './options.ts'
import { out, say } from './output.ts'
import { refuseEmpty } from './refuseEmpty.ts'

interface Flags extends Places {
  suite?: string
  profile?: string
  environment?: string
  journey?: string
  step?: string
  since?: string
  last: string
  waivers: string
  audit: string
  format?: string
  html?: true
  all?: true
  remoteWrite?: string
}

const FORMATS = {
  text: historyText,
  json: (history) => JSON.stringify(history, undefined, 2),
  markdown: historyMarkdown,
  html: historyHtml,
} as const satisfies Record<string, (history: History, all: boolean) => string | Promise<string>>

/** Runs of a series that are read unless told. */
const USUAL_LAST = 200

/** `loadwright history`: what changed over many runs, at which commit, and who answered for what. */
export function addHistory(program: Command): void {
  withPlaces(
    program
      .command('history')
      .description('Show the trend of runs: what changed, at which commit, and who answered for what')
      .option('--suite <name>', 'of this suite')
      .option('--profile <name>', 'with this profile')
      .option('--environment <name>', 'in this environment')
      .option('--journey <name>', 'figures of this journey only')
      .option('--step <name>', 'figures of this step only')
      .option('--since <duration>', 'runs that began within this time, such as 90d')
      .option(
        '--last <n>',
        `comparable runs at most, the newest ones, up to ${HISTORY_LIMITS.most}`,
        `${USUAL_LAST}`,
      )
      .option('--waivers <file>', 'agreed exceptions', 'waivers.yaml')
      .option('--audit <file>', 'the log of waivers that were used, and of what was approved', 'audit.ndjson')
      .option('--format <format>', `${Object.keys(FORMATS).join(', ')} (text is the default)`)
      .option('--html', 'the same as --format html')
      .option('--all', 'every row, not only those that matter')
      .option('--remote-write <URL>', 'write changes and accounts there, for the dashboard History'),
  )
    .addHelpText(
      'after',
      `
Exit code 0, whatever the trend is, and where there are no runs; 104 where the command is wrong,
or a server does not take what is written.

Examples:
  loadwright history
  loadwright history --profile load --since 90d
  loadwright history --step 'place order' --all
  loadwright history --html > history.html
  loadwright history --remote-write http://127.0.0.1:9090`,
    )
    .action(history)
}

async function history(flags: Flags): Promise<void> {
  const { results, baselines, suite, profile, environment, journey, step, all = false } = flags
  const write = formatNamed(FORMATS, formatOf(flags))
  refuseEmpty({ results, baselines, waivers: flags.waivers, audit: flags.audit })
  const last = lastOf(flags.last)
  const after = afterOf(flags.since)
  const target =
    flags.remoteWrite === undefined ? undefined : targetOf({ url: flags.remoteWrite, env: process.env })
  const { config, problems } = await readProject()
  refuse(problems)
  const sources = await historySources({
    results,
    baselines,
    suite,
    profile,
    environment,
    journey,
    step,
    after,
    last,
    waivers: flags.waivers,
    audit: flags.audit,
    tolerances: config.gate?.tolerances ?? [],
  })
  const now = new Date()
  const found = historyOf(
    sources,
    {
      last,
      wanted: (row) => (journey ?? row.journey) === row.journey && (step ?? row.step) === row.step,
    },
    now,
  )
  out((await write(found, all)).replace(/\n$/, ''))
  if (target === undefined) return
  await writeOnce(target, historySeries(found, now.getTime()))
  say(`written to ${target.url}`)
}

function formatOf({ html, format = html ? 'html' : 'text' }: Flags): string {
  if (html !== true || format === 'html') return format
  throw refusal([
    { where: '--html', got: `--format ${format} beside it`, allowed: 'one of both: --html is --format html' },
  ])
}

function lastOf(text: string): number {
  const last = Number(text)
  if (Number.isSafeInteger(last) && last > 0 && last <= HISTORY_LIMITS.most) return last
  throw refusal([
    { where: '--last', got: quote(text), allowed: `a whole number from 1 to ${HISTORY_LIMITS.most}` },
  ])
}

/** Milliseconds since 1970 after which runs are meant. */
function afterOf(since: string | undefined): number | undefined {
  if (since === undefined) return undefined
  const within = parseDuration(since)
  if (within !== undefined) return Date.now() - within
  throw refusal([{ where: '--since', got: quote(since), allowed: 'a duration such as 24h or 90d' }])
}
