import pc from 'picocolors'
import {
  alignTable,
  atLeast,
  number,
  PICTURES_FOLDER,
  plural,
  printable,
  shareText,
  time,
  visibleWidth,
} from '../base/index.ts'
import {
  loadedBy,
  type FailureCluster,
  type Rating,
  type RunRecord,
  type StepFigures,
  type Verdict,
} from '../record/index.ts'
import { adequacyLines } from './adequacy.ts'
import { answered, followed, causeSentence } from './causes.ts'
import { checksText, scaleOf } from './data.ts'
import { blameOf, oftenOf, otherFailures, thrownAt } from './exceptions.ts'
import { readLimit } from './limits.ts'
import { funnelOf, type FunnelStage } from './funnel.ts'
import { ownRows } from './own.ts'
import type { NamedTable } from './namedTable.ts'
import { protocolTables } from './protocols.ts'
import { regionTables } from './regions.ts'
import { spanTables } from './spans.ts'
import { VITAL_NAMES, vitalRows } from './vitals.ts'

const MAX_CAUSES = 8
/** Lines of a page's console that are printed of a cause. */
const MAX_CONSOLE_LINES = 3
/** Of more rows than these nothing is to be learned. */
export const MAX_ROWS = 4

export const PAINT: Record<Verdict, (text: string) => string> = {
  pass: pc.green,
  fail: pc.red,
  inconclusive: pc.yellow,
  invalid: pc.magenta,
}

/**
 * A run as text for a terminal: the verdict and why, the funnel of each journey, failures by cause, crossed thresholds.
 * Where the terminal has fewer `columns`, the table leaves out what can best be missed.
 */
export function textReport(
  record: RunRecord,
  columns = process.stdout.isTTY ? process.stdout.columns : Infinity,
): string {
  const { suite, profile, environment, verdict, reasons, totals, problems, notes = [] } = record
  return [
    `${pc.bold(PAINT[verdict](verdict.toUpperCase()))}  ${suite} · ${profile} · ${environment}${scaleOf(record)} · ${printable(loadedBy(record))}`,
    ...reasons.map(({ text }) => `  ${printable(text)}`),
    '',
    ...(totals.iterations > 0 && record.journeys.length > 0 ? [...table(record, columns), ''] : []),
    ...exceptionLines(record),
    ...causeLines(record),
    ...crossedLines(record),
    ...vitalLines(record),
    ...[...protocolTables(record), ...spanTables(record), ...regionTables(record)].flatMap(namedLines),
    ...ownLines(record),
    ...adequacyLines(record),
    ...quarantineLines(record),
    ...notes.map(({ text }) => `note: ${printable(text)}`),
    ...totalLines(record),
    ...problems.map(({ text }) => `not recorded: ${printable(text)}`),
  ].join('\n')
}

function totalLines({ totals, instances }: Pick<RunRecord, 'totals' | 'instances'>): string[] {
  const { iterations, dropped, interrupted = 0, requests } = totals
  const ends = (count: number, how: string): string => (count > 0 ? `, ${number(count)} ${how}` : '')
  return [
    pc.dim(
      [
        `${plural(iterations, 'iteration')}${ends(dropped, 'dropped')}${ends(interrupted, 'interrupted')}`,
        plural(requests, 'request'),
        checksText(totals),
        ...(instances.length > 1 ? [`${instances.length} instances of k6`] : []),
      ].join(' · '),
    ),
  ]
}

/** Columns that a narrow terminal does without, the first one first: p99, requests, p50, share of starts. */
const SPARED = [5, 6, 3, 2]

function table({ journeys, judgedPhases }: RunRecord, columns: number): string[] {
  const phases = judgedPhases.length > 0 ? judgedPhases.join(' and ') : 'whole run'
  const rows: string[][] = [
    ['journey', 'reached', '', `p50 in ${phases}`, 'p95', 'p99', 'requests', 'failed'],
  ]
  for (const journey of journeys) {
    const { name, steps } = journey
    // A scenario without phases shows its complete run; others show their judged phases.
    const whole = judgedPhases.length > 0 && steps.length > 0 && steps.every(isWhole) ? 'whole run' : ''
    for (const stage of funnelOf(journey)) {
      if (stage.kind === 'started')
        rows.push([pc.bold(printable(name)), number(stage.reached), 'started', whole, '', '', '', ''])
      else if (stage.step) rows.push(stepRow(stage.step, stage))
      else rows.push([`  ${stage.name}`, number(stage.reached), stage.of, '', '', '', '', ''])
    }
  }
  const without = rows.slice(1).every((row) => (row[5] ?? '–').replace('–', '') === '') ? [5] : []
  const left = (out: readonly number[]): string[] =>
    alignTable(rows.map((row) => row.filter((_, column) => !out.includes(column))))
  const fits = (lines: readonly string[]): boolean => lines.every((line) => visibleWidth(line) <= columns)
  for (let spared = 0; spared <= SPARED.length; spared++) {
    const lines = left([...without, ...SPARED.slice(0, spared)])
    if (fits(lines)) return lines
  }
  return left(SPARED)
}

const isWhole = ({ phases, measured }: StepFigures): boolean => measured > 0 && phases?.length === 0

function stepRow(step: StepFigures, { reached, of }: FunnelStage): string[] {
  const { name, p50, p95, p99, requests, failed } = step
  const errors = failed > 0 ? pc.red(shareText(failed, requests)) : shareText(failed, requests)
  return [
    ...[`  ${printable(name)}`, number(reached), of],
    ...[p50, p95, p99].map(time),
    ...[number(requests), errors],
  ]
}

function crossedLines({ thresholds }: RunRecord): string[] {
  const crossed = thresholds.filter(({ result }) => result === 'fail').map(readLimit)
  if (crossed.length === 0) return []
  const lines = crossed.map(({ metric, where, aggregation, limit, value = '', margin = '', owner }) => {
    const name = printable(where === '' ? metric : `${metric} (${where})`)
    return `  ${name}: ${aggregation} ${pc.red(value)}, limit ${limit}${margin === '' ? '' : `: ${margin}`}${owner === undefined ? '' : ` [${printable(owner)}]`}`
  })
  return ['Thresholds crossed', ...lines, '']
}

function causeLines(record: RunRecord): string[] {
  const { explanations = [] } = record
  const causes = otherFailures(record)
  const why = explanations.map((sentence) => pc.bold(printable(sentence)))
  if (causes.length === 0) return why.length === 0 ? [] : [...why, '']
  const more = causes.length - MAX_CAUSES
  return [
    ...(why.length > 0 ? [...why, ''] : []),
    'Failures by cause',
    ...causes.slice(0, MAX_CAUSES).flatMap(causeText),
    ...(more > 0 ? [pc.dim(`  and ${more} more causes in run.json`)] : []),
    '',
  ]
}

function exceptionLines({ exceptions = [] }: RunRecord): string[] {
  if (exceptions.length === 0) return []
  const more = exceptions.length - MAX_CAUSES
  return [
    'Exceptions',
    ...exceptions
      .slice(0, MAX_CAUSES)
      .flatMap((one) => [
        `  ${pc.red(`${oftenOf(one)}×`)} ${printable(one.message)}`,
        pc.dim(`      ${printable([thrownAt(one), blameOf(one)].filter(Boolean).join(': '))}`),
      ]),
    ...(more > 0 ? [pc.dim(`  and ${more} more in run.json`)] : []),
    '',
  ]
}

const RATED: Record<Rating, (text: string) => string> = {
  good: pc.green,
  'needs improvement': pc.yellow,
  poor: pc.red,
}

function vitalLines(record: RunRecord): string[] {
  const rows = vitalRows(record)
  if (rows.length === 0) return []
  const head = ['Web Vitals, p75', 'visits', ...VITAL_NAMES]
  const cells = rows.map(({ page, visits, cells: figures }) => [
    `  ${printable(page)}`,
    number(visits),
    ...figures.map(({ text, rating }) => (rating === undefined ? '' : `${text} ${RATED[rating](rating)}`)),
  ])
  return [...withoutEmpty([head, ...cells]), '']
}

function namedLines({ headings, rows }: NamedTable): string[] {
  const cells = rows.map(([name, ...figures]) => [
    `  ${printable(name?.text ?? '')}`,
    ...figures.map(({ text, isBad }) => (isBad ? pc.red(text) : text)),
  ])
  return [...withoutEmpty([headings, ...cells]), '']
}

/** Rows as a table, without columns that have nothing below their head. */
function withoutEmpty([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const used = head.map((_, column) => rows.some((row) => row[column] !== ''))
  return alignTable([head, ...rows].map((row) => row.filter((_, column) => used[column])))
}

function ownLines({ metrics }: RunRecord): string[] {
  const rows = ownRows(metrics)
  if (rows.length === 0) return []
  const head = ['Own metrics', 'count', 'value', 'p50', 'p95', 'p99', 'max']
  const cells = rows.map(({ name, isTagged, count, value, p50, p95, p99, max }) => [
    ...[`${isTagged ? '    ' : '  '}${printable(name)}`, count, value, p50, p95, p99, max],
  ])
  const used = head.map((_, column) => column < 3 || cells.some((row) => row[column] !== ''))
  return [...alignTable([head, ...cells].map((row) => row.filter((_, column) => used[column]))), '']
}

function causeText(cause: FailureCluster): string[] {
  const { count, exact, rows, page } = cause
  const body = answered(cause)
  const more = [
    ...(rows.length > 0 && rows.length <= MAX_ROWS ? [`with ${rows.join(', ')}`] : []),
    ...followed(cause),
    ...(body === undefined ? [] : [`the body said: ${body}`]),
    ...(page?.console.slice(0, MAX_CONSOLE_LINES).map((line) => `the console said: ${line}`) ?? []),
    ...(page?.pictures.slice(0, 1).map((name) => `picture: ${PICTURES_FOLDER}/${name}`) ?? []),
  ]
  return [
    `  ${pc.red(`${atLeast(count, exact)}×`)} ${printable(causeSentence(cause))}`,
    ...more.map((line) => pc.dim(`      ${printable(line)}`)),
  ]
}

function quarantineLines({ badRows }: RunRecord): string[] {
  const left = badRows.filter(({ action }) => action === 'quarantine')
  return left.map(
    ({ pool, bad, of }) =>
      `${bad.length} of ${of} rows of ${printable(pool)} were left out: ${bad.map(printable).join(', ')}`,
  )
}
