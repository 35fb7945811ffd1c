import type { Command } from 'commander'
import type { Problem } from '../../config/problem/problem.ts'
import { refusal } from '../base/index.ts'
import type { MeasuredRun } from '../record/index.ts'
import { comparisonHtml, comparisonMarkdown, comparisonText, type ComparedSides } from '../report/index.ts'
import {
  compareWith,
  MAX_RUNS,
  measured,
  openRun,
  sideOf,
  usualBase,
  type Comparison,
  type Places,
  type Side,
} from '../verdict/index.ts'
import { formatNamed } from './format.ts'
import { withPlaces } from './options.ts'
import { out } from './output.ts'

interface Flags extends Places {
  format: string
  all?: true
}

/** A comparison with what it was made of. */
interface Compared {
  comparison: Comparison
  sides: ComparedSides
}

const FORMATS = {
  text: ({ comparison }, all) => comparisonText(comparison, all),
  json: ({ comparison }) => JSON.stringify(comparison, undefined, 2),
  markdown: ({ comparison }, all) => comparisonMarkdown(comparison, all),
  html: ({ comparison, sides }) => comparisonHtml(comparison, sides),
} as const satisfies Record<string, (compared: Compared, all: boolean) => string | Promise<string>>

/** `loadwright compare`: holds a run against a baseline. */
export function addCompare(program: Command): void {
  withPlaces(
    program
      .command('compare')
      .description('Compare a run with earlier ones: better, same, worse or cannot tell, and why')
      .argument('[base]', 'a run by its id, folder or run.json, or a baseline by its name or file')
      .argument('[candidate]', 'the run that is judged, of a baseline its newest', 'latest')
      .option('--format <format>', Object.keys(FORMATS).join(', '), 'text')
      .option('--all', 'every row, not only those that matter'),
  )
    .addHelpText(
      'after',
      `
Without a base: the comparable runs before the candidate that passed, at most ${MAX_RUNS}; where they are too
few, a comparable baseline.
Exit code 0, whatever the answer is; 104 where there is nothing to compare.

Examples:
  loadwright compare                                   the newest run with those before it
  loadwright compare boutique-20261122T0930 latest
  loadwright compare release-2.4                       with a baseline
  loadwright compare --format html > compare.html
  loadwright compare --format markdown >> "$GITHUB_STEP_SUMMARY"`,
    )
    .action(async (base: string | undefined, candidate: string, flags: Flags) => {
      await compare(base, candidate, flags)
    })
}

async function compare(base: string | undefined, candidate: string, flags: Flags): Promise<void> {
  const { format, all = false } = flags
  const write = formatNamed(FORMATS, format)
  const answer = await (base === undefined ? withUsual(candidate, flags) : withNamed(base, candidate, flags))
  out((await write(answer, all)).replace(/\n$/, ''))
}

async function withNamed(base: string, candidate: string, places: Places): Promise<Compared> {
  const side = await sideOf(base, places)
  // No side is without runs.
  const newest = (await sideOf(candidate, places)).runs[0] as MeasuredRun
  return compared(side, newest, {
    got: `${newest.id} on both sides`,
    allowed: 'two runs, or a baseline with other runs in it',
    fix: `Name the base first, then the candidate: loadwright compare ${newest.id} latest.`,
  })
}

async function withUsual(name: string, places: Places): Promise<Compared> {
  const run = await openRun(places.results, name)
  const base = await usualBase(run.record, places)
  return compared(base, await measured(run), {
    got: `${run.record.id} alone`,
    allowed: `a comparable run before it that passed, in ${places.results}, or a comparable baseline`,
    fix: 'Name the run to compare it with, or run it again.',
  })
}

/** A run held against a side. Throws UserError with what is wrong where there is nothing to hold it against. */
function compared(side: Side, candidate: MeasuredRun, problem: Omit<Problem, 'where'>): Compared {
  const comparison = compareWith(side, candidate)
  if (comparison === undefined) throw refusal([{ where: 'compare', ...problem }])
  const base = side.runs.filter(({ id }) => comparison.base.runs.includes(id))
  return { comparison, sides: { base, candidate } }
}
