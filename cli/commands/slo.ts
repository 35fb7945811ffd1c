import type { Command } from 'commander'
import type { Config } from '../../config/config.ts'
import { environments } from '../../config/environments.ts'
import { unknownWord } from '../../config/problem/nearest.ts'
import { quote, sentence } from '../../config/problem/problem.ts'
import { SETTINGS } from '../../config/settings/settings.ts'
import type { Slos } from '../../config/slos.ts'
import { refusal, refuse } from '../base/index.ts'
import { readProject } from '../project/index.ts'
import { sloListMarkdown, sloListText } from '../report/index.ts'
import {
  isExpired,
  readWaivers,
  recentRuns,
  sloList,
  type RecentRun,
  type SloList,
} from '../verdict/index.ts'
import { formatNamed } from './format.ts'
import { out, say } from './output.ts'

interface Flags {
  environment?: string
  suite?: string
  last: string
  results: string
  waivers: string
  format: string
}

const FORMATS = {
  text: sloListText,
  json: (list) => JSON.stringify(list, undefined, 2),
  markdown: sloListMarkdown,
} as const satisfies Record<string, (list: SloList) => string>

/** `loadwright slo`: lists SLOs and tolerances with who answers for them, and how they held in the newest runs. */
export function addSlo(program: Command): void {
  program
    .command('slo')
    .description('List SLOs and tolerances: who answers for them, and how they held in the newest runs')
    .option('--environment <name>', 'of this environment')
    .option('--suite <name>', 'in runs of this suite')
    .option('--last <n>', 'look at so many runs of each suite in each environment', '20')
    .option('--results <folder>', 'where run folders lie', 'results')
    .option('--waivers <file>', 'agreed exceptions', 'waivers.yaml')
    .option('--format <format>', Object.keys(FORMATS).join(', '), 'text')
    .addHelpText(
      'after',
      `
Environments that the config names, and those that have runs. What no run ever judged is told first.
Exit code 0; 104 where something cannot be read.

Examples:
  loadwright slo
  loadwright slo --environment staging --suite boutique
  loadwright slo --format markdown >> "$GITHUB_STEP_SUMMARY"`,
    )
    .action(async (flags: Flags) => {
      await slo(flags)
    })
}

async function slo({ environment, suite, last, results, waivers: file, format }: Flags): Promise<void> {
  const write = formatNamed(FORMATS, format)
  const most = Number(last)
  if (!Number.isSafeInteger(most) || most < 1)
    throw refusal([{ where: '--last', got: quote(last), allowed: 'a whole number above 0' }])
  const { config, problems } = await readProject()
  refuse(problems)
  const now = new Date()
  const waivers = (await readWaivers(file)).filter((one) => !isExpired(one, now))
  const runs = await recentRuns(results, { environment, suite, last: most })
  if (suite !== undefined && runs.length === 0) await noRunsOf(suite, results)
  const listed = slosOf(config, environment, runs)
  const { tolerances = [] } = config.gate ?? {}
  const list = await sloList({ environments: listed, tolerances, waivers, runs, last: most })
  out(write(list).replace(/\n$/, ''))
}

/** Says which suites have runs, where one has none: its name may be misspelt. */
async function noRunsOf(suite: string, results: string): Promise<void> {
  const suites = new Set((await recentRuns(results, { last: 1 })).map(({ record }) => record.suite))
  if (suites.size > 0 && !suites.has(suite)) say(sentence(unknownWord('--suite', suite, [...suites])))
}

/** The SLOs of the environments that are asked for: one, or those that the config names and those that have runs. */
function slosOf(
  config: Config,
  environment: string | undefined,
  runs: readonly RecentRun[],
): Record<string, Slos> {
  const all = environments(config)
  if (environment !== undefined && !Object.hasOwn(all, environment))
    throw refusal([unknownWord('--environment', environment, Object.keys(all))])
  const named = [
    config.environment ?? SETTINGS.ENVIRONMENT.default,
    ...Object.keys(config.environments ?? {}),
    ...runs.map(({ record }) => record.environment),
  ]
  const names = environment === undefined ? [...new Set(named)] : [environment]
  return Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name].slos] as const] : [])))
}
