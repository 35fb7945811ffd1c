import pc from 'picocolors'
import type { FailureCluster } from '../forensics/clusters.ts'
import type { StepFigures } from '../run/figures.ts'
import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { limitOf } from './limits.ts'
import { printable } from './printable.ts'

const MOST_CAUSES = 8
/** Of more rows than these nothing is to be learned. */
export const FEW_ROWS = 4

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
  const { suite, profile, environment, target, verdict, reasons, totals, problems, notes = [] } = record
  return [
    `${pc.bold(PAINT[verdict](verdict.toUpperCase()))}  ${suite} · ${profile} · ${environment} · ${printable(target === '' ? 'its own target' : target)}`,
    ...reasons.map((reason) => `  ${printable(reason)}`),
    '',
    ...(totals.iterations > 0 && record.journeys.length > 0 ? [...table(record, columns), ''] : []),
    ...causeLines(record),
    ...crossedLines(record),
    ...quarantineLines(record),
    ...notes.map((note) => `note: ${printable(note)}`),
    ...totalLines(totals),
    ...problems.map((problem) => `not recorded: ${printable(problem)}`),
  ].join('\n')
}

function totalLines({ iterations, dropped, requests, checks, failedChecks }: RunRecord['totals']): string[] {
  return [
    pc.dim(
      `${iterations} iterations${dropped > 0 ? `, ${dropped} dropped` : ''} · ${requests} requests · ${checks} checks, ${failedChecks} failed`,
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
  for (const { name, started, completed, steps } of journeys) {
    rows.push([pc.bold(printable(name)), `${started}`, 'started', '', '', '', '', ''])
    for (const step of steps) rows.push(stepRow(step, started))
    rows.push(['  completed', `${completed}`, share(completed, started), '', '', '', '', ''])
  }
  const without = rows.slice(1).every((row) => (row[5] ?? '–').replace('–', '') === '') ? [5] : []
  const left = (out: readonly number[]): string[] =>
    align(rows.map((row) => row.filter((_, column) => !out.includes(column))))
  const fits = (lines: readonly string[]): boolean => lines.every((line) => plain(line).length <= columns)
  for (let spared = 0; spared <= SPARED.length; spared++) {
    const lines = left([...without, ...SPARED.slice(0, spared)])
    if (fits(lines)) return lines
  }
  return left(SPARED)
}

function stepRow(step: StepFigures, started: number): string[] {
  const { name, completed, p50, p95, p99, requests, failed } = step
  const errors = requests === 0 ? '' : failed === 0 ? '0 %' : pc.red(`${percent(failed / requests)} %`)
  return [
    `  ${printable(name)}`,
    `${completed}`,
    share(completed, started),
    ...[p50, p95, p99].map(time),
    `${requests}`,
    errors,
  ]
}

function crossedLines({ thresholds }: RunRecord): string[] {
  const crossed = thresholds.filter(({ result }) => result === 'fail').map(limitOf)
  if (crossed.length === 0) return []
  const lines = crossed.map(({ metric, where, aggregation, limit, value = '', margin = '' }) => {
    const name = printable(where === '' ? metric : `${metric} (${where})`)
    return `  ${name}: ${aggregation} ${pc.red(value)}, limit ${limit}${margin === '' ? '' : `: ${margin}`}`
  })
  return ['Thresholds crossed', ...lines, '']
}

function causeLines({ failures: causes, explanations = [] }: RunRecord): string[] {
  const why = explanations.map((sentence) => pc.bold(printable(sentence)))
  if (causes.length === 0) return why.length === 0 ? [] : [...why, '']
  const more = causes.length - MOST_CAUSES
  return [
    ...(why.length > 0 ? [...why, ''] : []),
    'Failures by cause',
    ...causes.slice(0, MOST_CAUSES).flatMap((cause) => {
      const rows =
        cause.rows.length > 0 && cause.rows.length <= FEW_ROWS
          ? [pc.dim(`      with ${cause.rows.map(printable).join(', ')}`)]
          : []
      return [`  ${pc.red(`${cause.count}×`)} ${printable(sentence(cause))}`, ...rows]
    }),
    ...(more > 0 ? [pc.dim(`  and ${more} more causes in run.json`)] : []),
    '',
  ]
}

/** A cause as a sentence: `checkout › place order: order is accepted: expected status 200, got status 500`. */
export function sentence({
  journey,
  step,
  kind,
  what,
  expected,
  got,
  status,
  origin,
}: FailureCluster): string {
  const place = [journey, step].filter((part) => part !== undefined).join(' › ')
  const where = place === '' ? '' : `${place}: `
  const from = origin === undefined ? '' : ' (from the tunnel)'
  if (kind === 'request') return `${where}request ${what} answered ${got ?? `status ${status ?? 0}`}${from}`
  return `${where}${what}${expected === undefined ? '' : `: expected ${expected}`}${got === undefined ? '' : `, got ${got}`}`
}

function quarantineLines({ badRows }: RunRecord): string[] {
  const left = badRows.filter(({ action }) => action === 'quarantine')
  return left.map(
    ({ pool, bad, of }) =>
      `${bad.length} of ${of} rows of ${printable(pool)} were left out: ${bad.map(printable).join(', ')}`,
  )
}

function time(milliseconds: number | undefined): string {
  if (milliseconds === undefined || !Number.isFinite(milliseconds)) return '–'
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`
}

const percent = (ratio: number): string => (ratio * 100).toFixed(ratio < 0.1 ? 1 : 0)
const share = (part: number, whole: number): string => (whole === 0 ? '' : `${percent(part / whole)} %`)

export { printable }

/** Columns under each other: the first to the left, the others to the right, unless there are but two. */
export function align(rows: readonly string[][]): string[] {
  const isPair = rows[0]?.length === 2
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => plain(row[column] ?? '').length))) ?? []
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const fill = ' '.repeat((widths[column] ?? 0) - plain(cell).length)
        return column === 0 || isPair ? cell + fill : fill + cell
      })
      .join('  ')
      .trimEnd(),
  )
}

// eslint-disable-next-line no-control-regex -- the colours' own escape sequences
const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, '')
