import type { Command } from 'commander'
import { existsSync } from 'node:fs'
import { quote } from '../../config/problem/problem.ts'
import { refusal } from '../base/index.ts'
import {
  baselineFile,
  changeBaseline,
  dropBaseline,
  noBaseline,
  readBaseline,
  readBaselines,
  type Baseline,
} from '../record/index.ts'
import { baselineDetails, baselinesText, summaryOfBaseline } from '../report/index.ts'
import { enteringRuns, intoBaseline, MAX_RUNS, spreadsOf } from '../verdict/index.ts'
import { collectOption } from './options.ts'
import { out, say } from './output.ts'
import { refuseEmpty } from './refuseEmpty.ts'

interface Flags {
  baselines: string
  json?: true
}

interface SetFlags extends Flags {
  results: string
  run?: string[]
  last: string
  rolling?: true
  replace?: true
  dryRun?: true
}

/** `loadwright baseline set | list | show | drop`: sets of comparable runs that are kept. */
export function addBaseline(program: Command): void {
  const baseline = program
    .command('baseline')
    .description('Keep sets of comparable runs as small files, to compare runs with')
    .addHelpText(
      'after',
      `
Examples:
  loadwright baseline set
  loadwright baseline list`,
    )
  addSet(baseline)
  addList(baseline)
  addShow(baseline)
  addDrop(baseline)
  for (const command of baseline.commands) command.exitOverride()
}

const inFolder = (command: Command): Command =>
  command.option('--baselines <folder>', 'where baselines lie', 'baselines').option('--json', 'as JSON')

function addSet(baseline: Command): void {
  inFolder(
    baseline
      .command('set')
      .description('Keep the newest comparable runs that passed: rolling, or pinned under a name')
      .argument('[name]', 'what a pinned baseline is called'),
  )
    .option('--run <run>', 'a run that enters, in place of the newest ones; repeatable', collectOption)
    .option('--last <n>', 'keep at most so many runs', `${MAX_RUNS}`)
    .option('--rolling', 'one with a name takes new runs in, too')
    .option('--replace', 'write a pinned one anew')
    .option('--dry-run', 'say what would be kept; write nothing')
    .option('--results <folder>', 'where run folders lie', 'results')
    .addHelpText(
      'after',
      `
Without a name it is rolling, and called by suite, profile and environment: new runs enter, the oldest go.

Examples:
  loadwright baseline set                      after every run of the main branch
  loadwright baseline set release-2.4 --last 10
  loadwright baseline set --dry-run`,
    )
    .action(set)
}

async function set(given: string | undefined, flags: SetFlags): Promise<void> {
  const { results, baselines, run = [], replace, rolling, dryRun, json } = flags
  refuseEmpty({ results, baselines })
  const last = Number(flags.last)
  if (!Number.isSafeInteger(last) || last < 1)
    throw refusal([{ where: '--last', got: quote(flags.last), allowed: 'a whole number above 0' }])
  const { runs, leftOut, usualName } = await enteringRuns(results, { named: run, most: last })
  const name = given ?? usualName
  const kind = given === undefined || rolling ? 'rolling' : 'pinned'
  const file = baselineFile(baselines, name)
  const change = (before: Baseline | undefined): Baseline =>
    intoBaseline(before, runs, { name, kind, last, replace: replace === true, at: new Date() })
  const after = dryRun ? change(await readBaseline(file)) : await changeBaseline(file, change)
  if (json) {
    out(JSON.stringify({ ...summaryOfBaseline(file, after), leftOut, dryRun: dryRun === true }, undefined, 2))
    return
  }
  out(`${dryRun ? 'would be kept: ' : ''}${baselinesText([{ file, baseline: after }])}`)
  for (const { id, why } of leftOut) say(`left out: ${id}: ${why}`)
}

function addList(baseline: Command): void {
  inFolder(baseline.command('list').description('List the baselines that are kept'))
    .addHelpText(
      'after',
      `
Examples:
  loadwright baseline list
  loadwright baseline list --json`,
    )
    .action(async ({ baselines: folder, json }: Flags) => {
      refuseEmpty({ baselines: folder })
      const { baselines, damaged } = await readBaselines(folder)
      if (json) {
        const listed = baselines.map(({ file, baseline }) => summaryOfBaseline(file, baseline))
        out(JSON.stringify({ baselines: listed, damaged }, undefined, 2))
        return
      }
      out(baselines.length === 0 ? `no baselines in ${folder}` : baselinesText(baselines))
      for (const { file, why } of damaged) say(`damaged: ${file}: ${why}`)
    })
}

function addShow(baseline: Command): void {
  inFolder(
    baseline
      .command('show')
      .description('Show a baseline: its runs, what they have in common, its figures and their noise')
      .argument('[name]', 'which; the only one if left out'),
  )
    .addHelpText(
      'after',
      `
Examples:
  loadwright baseline show
  loadwright baseline show release-2.4 --json`,
    )
    .action(async (name: string | undefined, { baselines, json }: Flags) => {
      const file = name === undefined ? await onlyFile(baselines) : baselineFile(baselines, name)
      const found = await there(file, baselines)
      const figures = spreadsOf(found.runs)
      if (json) {
        const { conditions } = found.runs[0] ?? {}
        out(JSON.stringify({ ...summaryOfBaseline(file, found), conditions, figures }, undefined, 2))
      } else out(baselineDetails(file, found, figures))
    })
}

function addDrop(baseline: Command): void {
  inFolder(baseline.command('drop').description('Remove a baseline').argument('<name>', 'which'))
    .option('--dry-run', 'say what would be removed; remove nothing')
    .addHelpText(
      'after',
      `
Examples:
  loadwright baseline drop release-2.3
  loadwright baseline drop release-2.3 --dry-run`,
    )
    .action(async (name: string, { baselines, dryRun, json }: Flags & { dryRun?: true }) => {
      const file = baselineFile(baselines, name)
      // One that is damaged can be removed, too.
      if (!existsSync(file)) await there(file, baselines)
      if (!dryRun) await dropBaseline(file)
      if (json) out(JSON.stringify({ file, dryRun: dryRun === true }, undefined, 2))
      else out(`${dryRun ? 'would be removed' : 'removed'}: ${file}`)
    })
}

/** The baseline in a file that a person named. */
async function there(file: string, folder: string): Promise<Baseline> {
  const found = await readBaseline(file)
  if (found) return found
  const { baselines } = await readBaselines(folder)
  throw refusal([
    {
      where: 'baseline',
      got: quote(file),
      allowed: baselines.map(({ baseline }) => baseline.name).join(', ') || `none are in ${folder}`,
      fix: 'Make one: loadwright baseline set.',
    },
  ])
}

async function onlyFile(folder: string): Promise<string> {
  const { baselines, damaged } = await readBaselines(folder)
  const [only] = baselines
  if (only && baselines.length === 1) return only.file
  if (baselines.length === 0 && damaged.length > 0) throw refusal(damaged.map(noBaseline))
  const names = baselines.map(({ baseline }) => baseline.name).join(', ')
  throw refusal([
    {
      where: 'baseline',
      got: 'no name',
      allowed: names || `none are in ${folder}`,
      ...(names === '' ? { fix: 'Make one: loadwright baseline set.' } : {}),
    },
  ])
}
