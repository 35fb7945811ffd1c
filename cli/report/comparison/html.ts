import { plural } from '../../base/index.ts'
import { merge, type Histogram } from '../../prometheus/index.ts'
import { placeKey, type Courses, type MeasuredRun } from '../../record/index.ts'
import { rowsWithCourse, type Comparison, type Row, type RowVerdict } from '../../verdict/index.ts'
import { assets } from '../assets.ts'
import { htmlDocument } from '../document.ts'
import { section, tableElement } from '../sections/parts.ts'
import { h, type Branch } from '../tree.ts'
import { courseDrawing } from './course.ts'
import { curvesOf } from './curves.ts'
import { evidenceText } from './evidence.ts'
import { aboutText, differenceText } from './heading.ts'
import { overlay } from './overlay.ts'
import { cellsOf, HEADINGS, shownRows } from './rows.ts'

/** Both sides of a comparison, with their distributions, and their courses as far as they are known. */
export interface ComparedSides {
  readonly base: readonly MeasuredRun[]
  readonly candidate: MeasuredRun
  readonly courses: { readonly base: readonly Courses[]; readonly candidate: Courses | undefined }
}

/** Distributions that are drawn at most, and samples without which there is no shape to see. */
const MAX_DRAWN = 8
/** Rows that are folded away at most. */
const MAX_ROWS = 500
const MIN_SAMPLES = 50

/** The looks of a run's verdict that say the same. */
const LOOKS: Readonly<Record<RowVerdict, { look: string; mark: string }>> = {
  worse: { look: 'fail', mark: '✗' },
  better: { look: 'pass', mark: '✓' },
  same: { look: 'pass', mark: '=' },
  'cannot tell': { look: 'inconclusive', mark: '?' },
}

/** A comparison as one HTML file, which fetches nothing and has no script: the answer, what differs, every row, distributions. */
export async function comparisonHtml(comparison: Comparison, sides: ComparedSides): Promise<string> {
  const { style } = await assets()
  const { verdict, text, differences, rows, candidate } = comparison
  const { look, mark } = LOOKS[verdict]
  const drawn = drawings(comparison, sides)
  const { shown } = shownRows(comparison, false)
  const rest = rows.filter((row) => !shown.includes(row))
  const others = rest.slice(0, MAX_ROWS)
  const left = rest.length - others.length
  const body = h(
    'body',
    {},
    h(
      'main',
      { id: 'comparison' },
      h(
        'header',
        { id: 'verdict', class: `verdict ${look}` },
        h('p', { class: 'badge' }, h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), ` ${verdict}`),
        h('h1', {}, text),
        h('p', { class: 'quiet' }, aboutText(comparison)),
      ),
      differences.length > 0 &&
        section(
          'differences',
          'What differs',
          h(
            'ul',
            { class: 'notes' },
            differences.map((one) =>
              h('li', {}, one.decisive && h('b', {}, 'not comparable: '), differenceText(one)),
            ),
          ),
        ),
      section(
        'rows',
        'Figures',
        rowsTable(shown, 'Figures of both sides'),
        others.length > 0 &&
          h(
            'details',
            {},
            h('summary', {}, plural(others.length, 'more row')),
            rowsTable(others, 'More figures'),
          ),
        left > 0 && h('p', { class: 'quiet' }, `and ${plural(left, 'more row')}: --format json has them`),
      ),
      drawn.length > 0 &&
        section(
          'distributions',
          'Distributions and courses',
          h('p', { class: 'quiet' }, EXPLAINED, sides.courses.base.length === 0 && NO_COURSE),
          h('div', { class: 'pairs' }, drawn),
        ),
    ),
  )
  return htmlDocument({ title: `${verdict.toUpperCase()} · ${candidate.id}`, style, body })
}

const rowsTable = (rows: readonly Row[], label: string): Branch =>
  tableElement(
    [...HEADINGS.map((heading, at) => (at === 0 ? 'Figure' : `#${heading}`)), 'verdict', 'why'],
    rows.map((row) => ({
      class: row.verdict === 'worse' ? 'crossed' : row.judged ? '' : 'edge',
      cells: [...cellsOf(row), h('span', { class: 'result' }, row.verdict), row.reason.text],
    })),
    label,
  )

const NO_COURSE = ' Of the runs of a baseline only their figures are kept, and no course.'
const EXPLAINED =
  'The baseline is a line, the candidate dashed. First how often a time was measured, on a logarithmic axis, and upright both p95; then both over time, from the start of each run on: of several runs their range and their middle. The judged phase is shaded; what is higher than the axis is cut off.'

/** Both distributions of the times whose p95 matters most, and their courses. */
function drawings(comparison: Comparison, { base, candidate, courses }: ComparedSides): Branch[] {
  return rowsWithCourse(comparison)
    .flatMap((row, index) => {
      const before = base.flatMap((run) => valuesIn(run, row))
      const [after] = valuesIn(candidate, row)
      if (before.length === 0 || after === undefined || after.count < MIN_SAMPLES) return []
      const name = row.name.replace(/^p95 of /, '')
      const [, was, is, change] = cellsOf(row)
      const words = `${name}: p95 ${was ?? ''} → ${is ?? ''} (${change ?? ''})`
      const { phase } = row
      const curves = courses.candidate && curvesOf(courses.base, courses.candidate, { index, phase })
      const evidence = evidenceText(row)
      return [
        h(
          'figure',
          { class: 'chart' },
          h('h3', {}, words),
          evidence !== undefined && h('p', { class: 'quiet' }, h('small', {}, evidence)),
          h(
            'div',
            { class: 'pair' },
            overlay(before.reduce(merge), after, `${words}, how often`),
            curves && courseDrawing(curves, `${words}, over time`),
          ),
        ),
      ]
    })
    .slice(0, MAX_DRAWN)
}

const valuesIn = ({ measurements }: MeasuredRun, row: Row): Histogram[] =>
  measurements.flatMap((one) =>
    one.kind === 'values' && placeKey(one) === placeKey(row) ? [one.values] : [],
  )
