import type { Command } from 'commander'
import { unknownWord } from '../../config/problem/nearest.ts'
import { refuse } from '../base/index.ts'
import { comparisonMarkdown, comparisonText } from '../report/index.ts'
import { compareRuns, comparableRuns, measured, openRun, type Comparison } from '../verdict/index.ts'
import { out } from './output.ts'

interface Flags {
  format: string
  results: string
  all?: true
}

const FORMATS = {
  text: comparisonText,
  json: (comparison) => JSON.stringify(comparison, undefined, 2),
  markdown: comparisonMarkdown,
} as const satisfies Record<string, (comparison: Comparison, all: boolean) => string>

/** Comparable runs that a run is held against at most. */
export const MAX_RUNS = 8

/** `loadwright compare`: holds a run against a baseline. */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('Compare a run with earlier ones: better, same, worse or cannot tell, and why')
    .argument('[base]', 'a run, by its id, its folder or its run.json')
    .argument('[candidate]', 'the run that is judged', 'latest')
    .option('--format <format>', Object.keys(FORMATS).join(', '), 'text')
    .option('--all', 'every row, not only those that matter')
    .option('--results <folder>', 'where run folders lie', 'results')
    .addHelpText(
      'after',
      `
Without a base: the comparable runs before the candidate that passed, at most ${MAX_RUNS}.
Exit code 0, whatever the answer is; 104 where there is nothing to compare.

Examples:
  loadwright compare                                   the newest run with those before it
  loadwright compare boutique-20261122T0930 latest
  loadwright compare --format markdown >> "$GITHUB_STEP_SUMMARY"`,
    )
    .action(async (base: string | undefined, candidate: string, flags: Flags) => {
      await compare(base, candidate, flags)
    })
}

async function compare(base: string | undefined, candidate: string, flags: Flags): Promise<void> {
  const { format, results, all = false } = flags
  const write = Object.entries(FORMATS).find(([name]) => name === format)?.[1]
  if (!write) {
    refuse([unknownWord('--format', format, Object.keys(FORMATS))])
    return
  }
  out(write(await comparison(results, base, candidate), all).replace(/\n$/, ''))
}

async function comparison(results: string, base: string | undefined, name: string): Promise<Comparison> {
  const judged = await openRun(results, name)
  if (base !== undefined) {
    const one = await measured(await openRun(results, base))
    return compareRuns([one], await measured(judged), one.id)
  }
  const { runs } = await comparableRuns(results, judged.record, MAX_RUNS)
  if (runs.length === 0)
    refuse([
      {
        where: 'compare',
        got: `${judged.record.id} alone`,
        allowed: `a comparable run before it that passed, in ${results}`,
        fix: 'Name the run to compare it with, or run it again.',
      },
    ])
  return compareRuns(await Promise.all(runs.map(measured)), await measured(judged), 'the runs before it')
}
