import { plural } from '../../base/index.ts'
import {
  dayOf,
  isTail,
  type Account,
  type Change,
  type History,
  type HistoryRow,
  type HistorySeries,
} from '../../verdict/index.ts'
import { assets } from '../assets.ts'
import { htmlDocument } from '../document.ts'
import { section, tableElement } from '../sections/parts.ts'
import { h, type Branch, type Content } from '../tree.ts'
import { trendChart } from './trend.ts'
import {
  ACCOUNT_HEADINGS,
  accountCells,
  accountNotes,
  changeDetails,
  ROW_HEADINGS,
  rowCells,
  seriesNotes,
  seriesText,
} from './words.ts'

/** Trends of a series that are drawn at most, changes that are told, and rows of its table. */
const MAX_DRAWN = 12
const MAX_CHANGES = 50
const MAX_ROWS = 200

/** The looks of a run's verdict that say the same. */
const LOOKS: Readonly<Record<Change['verdict'], { look: string; mark: string; word: string }>> = {
  worse: { look: 'fail', mark: '✗', word: 'worse' },
  better: { look: 'pass', mark: '✓', word: 'better' },
  other: { look: 'inconclusive', mark: '?', word: 'changed' },
}
const STEADY = { look: 'pass', mark: '=', word: 'no change' }
const OPEN = { look: 'inconclusive', mark: '?', word: 'cannot tell' }

/** A history as one HTML file, which fetches nothing and has no script: the answer, trends with their changes, and who answers. */
export async function historyHtml(history: History): Promise<string> {
  const { style } = await assets()
  const { text, series, accounts, notes, madeAt } = history
  const { look, mark, word } = lookOf(series)
  const body = h(
    'body',
    {},
    h(
      'main',
      { id: 'history' },
      h(
        'header',
        { id: 'verdict', class: `verdict ${look}` },
        h('p', { class: 'badge' }, h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), ` ${word}`),
        h('h1', {}, text),
        h('p', { class: 'quiet' }, `Made ${madeAt.slice(0, 16).replace('T', ' ')} UTC`),
      ),
      notes.length > 0 && section('notes', 'To be known', listElement(notes)),
      series.map(seriesSection),
      accounts.length > 0 && accountsSection(accounts),
    ),
  )
  return htmlDocument({ title: `History · ${series[0]?.name ?? 'no runs'}`, style, body })
}

/** What the newest change says of the whole. */
function lookOf(series: readonly HistorySeries[]): { look: string; mark: string; word: string } {
  const changes = series.flatMap((one) => one.changes)
  const [newest] = changes.toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? 1 : -1))
  if (newest) return LOOKS[newest.verdict]
  return series.some(({ hasEnoughRuns }) => hasEnoughRuns) ? STEADY : OPEN
}

const listElement = (texts: readonly string[]): Branch =>
  h(
    'ul',
    { class: 'notes' },
    texts.map((text) => h('li', {}, text)),
  )

function seriesSection(series: HistorySeries, index: number): Branch {
  const { name, changes, rows } = series
  const notes = seriesNotes(series)
  return section(
    `series-${index}`,
    name,
    h('p', { class: 'quiet' }, seriesText(series)),
    notes.length > 0 && listElement(notes),
    changes.slice(0, MAX_CHANGES).map(changeElement),
    changes.length > MAX_CHANGES &&
      h('p', { class: 'quiet' }, `and ${plural(changes.length - MAX_CHANGES, 'older change')}`),
    trends(series),
    rows.length > 0 && rowsTable(rows.slice(0, MAX_ROWS), name),
    rows.length > MAX_ROWS &&
      h('p', { class: 'quiet' }, `and ${plural(rows.length - MAX_ROWS, 'more row')}: --format json has them`),
  )
}

const changeElement = (change: Change): Branch =>
  h(
    'div',
    { class: `verdict change ${LOOKS[change.verdict].look}` },
    h('h3', {}, `${dayOf(change.run.startedAt)}: ${change.text}`),
    listElement([
      ...changeDetails(change),
      ...(change.rows.length > 1
        ? [
            `with it: ${change.rows
              .slice(1, MAX_DRAWN)
              .map((row) => row.name)
              .join(', ')}`,
          ]
        : []),
    ]),
  )

/** Trends of the rows that changed, and of the others by p95 and failures, as far as there is place. */
function trends({ rows, runs, changes }: HistorySeries): Content {
  const drawn = rows
    .filter(
      ({ levels, quantity, values }) =>
        levels.length > 0 && (levels.length > 1 || isTail(quantity) || values.some((one) => one !== 0)),
    )
    .slice(0, MAX_DRAWN)
  return (
    drawn.length > 0 && [
      h(
        'p',
        { class: 'quiet' },
        'A point for each run, hollow where it failed, faint where the machine was busy; the lines are levels; upright lines are changes, with the commit of the first run.',
      ),
      h(
        'div',
        { class: 'charts' },
        drawn.map((row) =>
          h('figure', { class: 'chart' }, h('h3', {}, row.name), trendChart(row, runs, ofRow(row, changes))),
        ),
      ),
    ]
  )
}

const ofRow = (row: HistoryRow, changes: readonly Change[]): Change[] =>
  changes.filter(({ rows }) => rows.some(({ name }) => name === row.name))

const rowsTable = (rows: readonly HistoryRow[], name: string): Branch =>
  tableElement(
    ['Figure', ...ROW_HEADINGS.map((heading) => `#${heading}`), '#runs'],
    rows.map((row) => [row.name, ...rowCells(row), `${row.runs}`]),
    `Figures of ${name}`,
  )

function accountsSection(accounts: readonly Account[]): Branch {
  const notes = accounts.flatMap(accountNotes)
  return section(
    'accounts',
    'Who answers',
    tableElement(
      ['Owner', ...ACCOUNT_HEADINGS.map((heading) => `#${heading}`)],
      accounts.map((one) => [one.owner, ...accountCells(one)]),
      'What became of what each owner answers for',
    ),
    notes.length > 0 && listElement(notes),
  )
}
