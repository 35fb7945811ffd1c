import { relative } from 'node:path'
import type { Command } from 'commander'
import pc from 'picocolors'
import { FAULTS } from '../../shop/index.ts'
import { readProject } from '../build/config.ts'
import { EXIT } from '../errors.ts'
import { findEngine, progressTo } from '../k6/index.ts'
import { packageRoot } from '../package.ts'
import { printable, textReport } from '../report/text.ts'
import { k6Arguments, shellText } from '../run/command.ts'
import { planRun, type Plan } from '../run/plan.ts'
import { newRunId, runPlan, type Finished } from '../run/run.ts'
import { abortable } from './abort.ts'
import { collect, givenOf, withSettings } from './options.ts'
import { out, say } from './output.ts'

interface Flags {
  fault: string[]
  env: string[]
  results: string
  dryRun?: true
}

const MOST_OWN_LINES = 20

/** `loadwright run`: builds a suite, runs it on k6, judges it, leaves a record. */
export function addRun(program: Command): void {
  withSettings(
    program
      .command('run')
      .description('Run a suite on k6 and judge it; without a target, on the embedded shop')
      .argument('[suite]', 'a suite’s name or file; the project’s own if left out')
      .argument('[k6-arguments...]', 'after --: further arguments for k6'),
  )
    .option(
      '--fault <fault>',
      `make the embedded shop misbehave; repeatable (${FAULTS.map(({ name }) => name).join(', ')})`,
      collect,
      [],
    )
    .option('-e, --env <KEY=VALUE>', 'a variable of the script’s own; repeatable', collect, [])
    .option('--results <folder>', 'where run folders are made', 'results')
    .option('--dry-run', 'print settings, scenarios and the k6 command; send nothing')
    .addHelpText(
      'after',
      `
Examples:
  loadwright run                                       smoke test on the embedded shop
  loadwright run boutique --profile load --duration 1m
  loadwright run --base-url https://shop.staging.example.com --environment staging
  loadwright run --fault latency=/cart/checkout:4000   see a run fail

Exit codes: 0 pass · 95 inconclusive · 96 invalid · 99 fail · 104 refused · 105 interrupted`,
    )
    .action(async (suite: string | undefined, more: string[], flags: Flags) => {
      process.exitCode = await run(suite, more, flags)
    })
}

async function run(suite: string | undefined, more: readonly string[], flags: Flags): Promise<number> {
  const project = await readProject()
  const plan = await planRun(project, suite, givenOf({ ...flags }), { faults: flags.fault })
  if (flags.dryRun) {
    out(dryRun(plan, flags, more))
    return EXIT.pass
  }
  const engine = await abortable((signal) =>
    findEngine({ env: process.env, packageRoot, signal, ...progressTo(process.stderr) }),
  )
  const finished = await runPlan(plan, {
    engine,
    results: flags.results,
    faults: flags.fault,
    env: flags.env,
    more,
    say,
  })
  out(ending(finished))
  return finished.record.exitCode
}

function ending({ record, folder, own }: Finished): string {
  const shown = own.slice(-MOST_OWN_LINES)
  const hidden = own.length - shown.length
  const where = relative(process.cwd(), folder)
  return [
    '',
    ...(shown.length > 0
      ? [hidden > 0 ? `The script wrote (last ${shown.length} of ${own.length} lines)` : 'The script wrote']
      : []),
    ...shown.map(({ level, text }) => `  ${pc.dim(level)} ${printable(text)}`),
    ...(shown.length > 0 ? [''] : []),
    textReport(record),
    '',
    `Results  ${where}/run.json`,
    `Next     ${next(record)}`,
  ].join('\n')
}

function next({ verdict, suite, profile, environment, faults, target, badRows }: Finished['record']): string {
  const again = `npx loadwright run ${suite}`
  if (badRows.length > 0 && verdict === 'invalid')
    return `mend the rows, or leave them out: ${again} --check-rows quarantine`
  if (verdict === 'pass' && environment === 'shop' && profile === 'smoke' && faults.length === 0)
    return `see one fail: ${again} --fault latency=/cart/checkout:4000 · load it: npm run load`
  if (verdict === 'pass' && profile === 'smoke')
    return `load it: ${again} --profile load --base-url ${target}`
  if (verdict === 'pass') return `keep it: results/<run>/run.json is the record of this run`
  return `look closer: the record names every threshold, step and cause; one pass by hand: k6 run -i 1 -e BASE_URL=${target} dist/${suite}.js`
}

function dryRun(plan: Plan, flags: Flags, more: readonly string[]): string {
  const { manifest, settings, peak, embedded } = plan
  const id = settings.RUN_ID ?? newRunId(manifest.suite)
  const args = k6Arguments(plan, {
    id,
    folder: `${flags.results}/${id}`,
    bundle: plan.suite.path,
    env: flags.env,
    more,
  })
  return [
    `suite       ${manifest.suite} (${manifest.source})`,
    ...Object.entries(settings).map(
      ([name, value]) =>
        `${name.padEnd(15)} ${String(value)}${name === 'BASE_URL' && embedded ? ' (the embedded shop, on a free port)' : ''}`,
    ),
    '',
    'scenarios',
    JSON.stringify(manifest.options.scenarios, undefined, 2),
    'thresholds',
    JSON.stringify(manifest.options.thresholds, undefined, 2),
    `at most ${peak.vus} VUs, ${Math.round(peak.rate * 100) / 100} iterations/s, ${Math.round(peak.seconds)} s${peak.iterations === undefined ? '' : `, ${peak.iterations} iterations`}`,
    '',
    shellText(['k6', ...args]),
  ].join('\n')
}
