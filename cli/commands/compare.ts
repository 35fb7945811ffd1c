import type { Command } from 'commander'
import type { Problem } from '../../config/problem/problem.ts'
import { refusal } from '../base/index.ts'
import { readCourses, type Courses, type MeasuredRun, type RunFolder } from '../record/index.ts'
import {
  comparisonHtml,
  comparisonMarkdown,
  comparisonText,
  leftOutText,
  type ComparedSides,
} from '../report/index.ts'
import {
  compareWith,
  coursePlaceOf,
  MAX_RUNS,
  measured,
  openRun,
  rowsWithCourse,
  sideOf,
  unlikeText,
  usualBase,
  withEvidence,
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

/** The same before the courses of its runs are read: with their folders, by id. */
interface Found extends Compared {
  folders: ReadonlyMap<string, RunFolder>
}

const FORMATS = {
  text: ({ comparison }, all) => comparisonText(comparison, all),
  json: ({ comparison }) => JSON.stringify(comparison, undefined, 2),
  markdown: ({ comparison }, all) => comparisonMarkdown(comparison, all),
  html: ({ comparison, sides }) => comparisonHtml(comparison, sides),
} as const satisfies Record<string, (compared: Compared, all: boolean) => string | Promise<string>>

/** What of a comparison is read of the course of its runs, for the formats that tell of it. */
const WITH_COURSES: readonly (keyof typeof FORMATS)[] = ['json', 'markdown', 'html']

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
  const told = (WITH_COURSES as readonly string[]).includes(format) ? await withCourses(answer) : answer
  out((await write(told, all)).replace(/\n$/, ''))
}

async function withNamed(base: string, candidate: string, places: Places): Promise<Found> {
  const side = await sideOf(base, places)
  const other = await sideOf(candidate, places)
  // No side is without runs.
  const newest = other.runs[0] as MeasuredRun
  return found(side, newest, other.folders, {
    got: `${newest.id} on both sides`,
    allowed: 'two runs, or a baseline with other runs in it',
    fix: `Name the base first, then the candidate: loadwright compare ${newest.id} latest.`,
  })
}

async function withUsual(name: string, places: Places): Promise<Found> {
  const run = await openRun(places.results, name)
  const base = await usualBase(run.record, places)
  return found(base, await measured(run), new Map([[run.record.id, run.folder]]), {
    got: `${run.record.id} alone`,
    allowed: `a comparable run before it that passed, in ${places.results}, or a comparable baseline`,
    fix: 'Name the run to compare it with, or run it again.',
  })
}

/** A run held against a side. Throws UserError with what is wrong where there is nothing to hold it against. */
function found(
  side: Side,
  candidate: MeasuredRun,
  own: Side['folders'],
  problem: Omit<Problem, 'where'>,
): Found {
  const comparison = compareWith(side, candidate)
  if (comparison === undefined) {
    const { unmeasured = [], unlike, unlikeBase } = side
    const base = unlikeBase && { id: unlikeBase.name, why: unlikeText(unlikeBase) }
    const left = leftOutText([...unmeasured, ...(unlike ? [unlike] : []), ...(base ? [base] : [])])
    const got = `${problem.got}${left === '' ? '' : `; left out: ${left}`}`
    throw refusal([{ where: 'compare', ...problem, got }])
  }
  const base = side.runs.filter(({ id }) => comparison.base.runs.includes(id))
  const folders = new Map([...(side.folders ?? []), ...(own ?? [])])
  return { comparison, sides: { base, candidate, courses: { base: [], candidate: undefined } }, folders }
}

/** The same with the course of every run that lies on the disk, and what that tells beside verdicts. */
async function withCourses({ comparison, sides, folders }: Found): Promise<Compared> {
  const places = rowsWithCourse(comparison).map(coursePlaceOf)
  const courseOf = async ({ id }: MeasuredRun): Promise<Courses | undefined> => {
    const folder = folders.get(id)
    return folder && places.length > 0 ? readCourses(folder, places) : undefined
  }
  const base: Courses[] = []
  // One after the other: each holds a run's windows in memory while it is read.
  for (const run of sides.base) {
    const course = await courseOf(run)
    if (course) base.push(course)
  }
  const candidate = await courseOf(sides.candidate)
  return {
    comparison: withEvidence(comparison, base, candidate),
    sides: { ...sides, courses: { base, candidate } },
  }
}
