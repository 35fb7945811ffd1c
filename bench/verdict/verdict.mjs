// `npm run bench:verdict`: how often a comparison is right, measured with runs of the embedded shop on a real k6.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import { Command, Option } from 'commander'
import { bundled } from '../bundled.mjs'
import { BASE, KINDS } from './kinds.mjs'
import { makeRuns } from './runs.mjs'
import { stretches } from './schedule.mjs'

/** Runs of a baseline. */
const RUNS = [5, 8]

const program = new Command('npm run bench:verdict --')
  .description(
    'Make short runs of the embedded shop with known changes, compare each with those before it, and count',
  )
  .option('--candidates <count>', 'runs of each kind that are judged', Number, 20)
  .addOption(new Option('--only <kind...>', 'kinds of candidates').choices(Object.keys(KINDS)))
  .option('--folder <folder>', 'where the runs are kept (a new folder)')
  .option('--resume <folder>', 'go on in a folder, as far as it is not done')
  .option('--judge <folder>', 'make no runs: judge those in a folder')
  .option(
    '--unguarded',
    'judge all but busy machines as if the machine had not been busy: for one that others use, too',
  )
  .option('--all', 'what was said of each candidate')
  .option('--json', 'everything as data')
  .parse()
/** @type {{ candidates: number, only?: string[], folder?: string, resume?: string, judge?: string, unguarded?: true, all?: true, json?: true }} */
const flags = program.opts()
if (!(Number.isInteger(flags.candidates) && flags.candidates > 0))
  program.error('--candidates: a whole number above 0')

const folder = resolve(
  flags.judge ?? flags.resume ?? flags.folder ?? mkdtempSync(join(tmpdir(), 'loadwright-verdicts-')),
)
const kinds = Object.keys(KINDS).filter((kind) => kind === BASE || (flags.only?.includes(kind) ?? true))
if (flags.judge === undefined) {
  mkdirSync(folder, { recursive: true })
  process.stderr.write(`the runs are kept in ${folder}\n`)
  await makeRuns(folder, stretches(flags.candidates, kinds))
}

const { judgeKind, loadOf } = await judging()
const load = await loadOf(join(folder, BASE))
/** @type {Record<string, Record<number, import('./judge.mjs').Said[]>>} */
const all = {}
for (const kind of kinds)
  all[kind] = Object.fromEntries(
    await Promise.all(
      RUNS.map(async (runs) => [
        runs,
        await judgeKind(folder, BASE, kind, runs, flags.unguarded === true && KINDS[kind]?.busy !== true),
      ]),
    ),
  )
if (flags.json) process.stdout.write(`${JSON.stringify({ load, kinds: all }, undefined, 2)}\n`)
else for (const runs of RUNS) process.stdout.write(`\n${tableOf(runs)}`)

/** The confusion table. @param {number} runs of the baseline */
function tableOf(runs) {
  const percent = (/** @type {number} */ share) => `${Math.round(share * 100)} %`
  const heads = ['n', 'worse', 'better', 'same', 'cannot tell', 'right', 'gate fails', 'asks', 'fails then']
  const lines = kinds.flatMap((kind) => {
    const said = all[kind]?.[runs] ?? []
    const is = (/** @type {(one: import('./judge.mjs').Said) => boolean} */ what) =>
      String(said.filter(what).length)
    const { about = '', expected, step } = KINDS[kind] ?? {}
    const right = said.filter(
      ({ verdict, first }) => verdict === expected && (step === undefined || first?.step === step),
    ).length
    const cells = [
      String(said.length),
      ...['worse', 'better', 'same', 'cannot tell'].map((word) => is(({ verdict }) => verdict === word)),
      said.length === 0 ? '–' : percent(right / said.length),
      is(({ gate }) => gate === 'fail'),
      is(({ confirmed }) => confirmed !== undefined),
      is(({ gate, confirmed }) => (confirmed ?? gate) === 'fail'),
    ]
    const each = flags.all ? said.map(({ id, text }) => `  ${id}: ${text}\n`) : []
    return [line(about, cells), ...each]
  })
  const head = `baselines of ${runs} runs; of their machine ${percent(load.busy)} was in use, and for ${percent(load.full)} of the time all\n`
  return [head, line('', heads), ...lines].join('')
}

/** @param {string} name @param {string[]} cells */
function line(name, cells) {
  return `${name.padEnd(18)}${cells.map((cell) => cell.padStart(13)).join('')}\n`
}

/** The judging half, which is TypeScript. @returns {Promise<typeof import('./judge.mjs')>} */
async function judging() {
  const place = mkdtempSync(join(tmpdir(), 'loadwright-judge-'))
  await bundled(place, fileURLToPath(new URL('judge.mjs', import.meta.url)))
  try {
    return await import(join(place, 'judge.mjs'))
  } finally {
    rmSync(place, { recursive: true })
  }
}
