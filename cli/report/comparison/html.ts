import { merge, type Histogram } from '../../prometheus/index.ts'
import { placeKey, type MeasuredRun } from '../../record/index.ts'
import type { Comparison, Row, RowVerdict } from '../../verdict/index.ts'
import { assets } from '../assets.ts'
import { htmlDocument } from '../document.ts'
import { section, tableElement } from '../sections/parts.ts'
import { h, type Branch } from '../tree.ts'
import { aboutText, differenceText } from './heading.ts'
import { overlay } from './overlay.ts'
import { cellsOf, HEADINGS } from './rows.ts'

/** Both sides of a comparison, with their distributions. */
export interface ComparedSides {
  readonly base: readonly MeasuredRun[]
  readonly candidate: MeasuredRun
}

/** Distributions that are drawn at most, and samples without which there is no shape to see. */
const MAX_DRAWN = 8
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
  const drawn = distributions(rows, sides)
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
        tableElement(
          [...HEADINGS.map((heading, at) => (at === 0 ? 'Figure' : `#${heading}`)), 'verdict', 'why'],
          rows.map((row) => ({
            class: row.verdict === 'worse' ? 'crossed' : row.judged ? '' : 'edge',
            cells: [...cellsOf(row), row.verdict, row.reason.text],
          })),
          'Figures of both sides',
        ),
      ),
      drawn.length > 0 &&
        section(
          'distributions',
          'Distributions',
          h(
            'p',
            { class: 'quiet' },
            'How often a time was measured, on a logarithmic axis: the baseline as a line, the candidate dashed; upright, their p95.',
          ),
          h('div', { class: 'charts' }, drawn),
        ),
    ),
  )
  return htmlDocument({ title: `${verdict.toUpperCase()} · ${candidate.id}`, style, body })
}

/** Both distributions of the times whose p95 matters most. */
function distributions(rows: readonly Row[], { base, candidate }: ComparedSides): Branch[] {
  return rows
    .filter(({ quantity, unit, judged }) => quantity === 'p95' && unit === 'ms' && judged)
    .flatMap((row) => {
      const before = base.flatMap((run) => valuesIn(run, row))
      const [after] = valuesIn(candidate, row)
      if (before.length === 0 || after === undefined || after.count < MIN_SAMPLES) return []
      const name = row.name.replace(/^p95 of /, '')
      const [, was, is, change] = cellsOf(row)
      const words = `${name}: p95 ${was ?? ''} → ${is ?? ''} (${change ?? ''})`
      return [
        h('figure', { class: 'chart' }, h('h3', {}, words), overlay(before.reduce(merge), after, words)),
      ]
    })
    .slice(0, MAX_DRAWN)
}

const valuesIn = ({ measurements }: MeasuredRun, row: Row): Histogram[] =>
  measurements.flatMap((one) =>
    one.kind === 'values' && placeKey(one) === placeKey(row) ? [one.values] : [],
  )
