import pc from 'picocolors'
import type { FailureCause } from '../run/failures.ts'
import type { JourneyFigures, StepFigures } from '../run/figures.ts'
import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'

const MOST_CAUSES = 8

export const PAINT: Record<Verdict, (text: string) => string> = {
  pass: pc.green,
  fail: pc.red,
  inconclusive: pc.yellow,
  invalid: pc.magenta,
}

/** A run as text for a terminal: the verdict and why, the funnel of each journey, failures by cause. */
export function textReport(record: RunRecord): string {
  const { suite, profile, environment, target, verdict, reasons, judgedPhases, totals, problems } = record
  const phases = judgedPhases.length > 0 ? judgedPhases.join(' and ') : 'whole run'
  return [
    `${pc.bold(PAINT[verdict](verdict.toUpperCase()))}  ${suite} · ${profile} · ${environment} · ${printable(target === '' ? 'its own target' : target)}`,
    ...reasons.map((reason) => `  ${printable(reason)}`),
    '',
    ...(totals.iterations > 0 && record.journeys.length > 0 ? [...table(record.journeys, phases), ''] : []),
    ...causeLines(record.failures),
    ...quarantineLines(record),
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

function table(journeys: readonly JourneyFigures[], phases: string): string[] {
  const rows: string[][] = [['journey', 'reached', '', `p50 in ${phases}`, 'p95', 'requests', 'failed']]
  for (const { name, started, completed, steps } of journeys) {
    rows.push([pc.bold(printable(name)), `${started}`, 'started', '', '', '', ''])
    for (const step of steps) rows.push(stepRow(step, started))
    rows.push(['  completed', `${completed}`, share(completed, started), '', '', '', ''])
  }
  return align(rows)
}

function stepRow({ name, completed, p50, p95, requests, failed }: StepFigures, started: number): string[] {
  const errors = requests === 0 ? '' : failed === 0 ? '0 %' : pc.red(`${percent(failed / requests)} %`)
  return [
    `  ${printable(name)}`,
    `${completed}`,
    share(completed, started),
    time(p50),
    time(p95),
    `${requests}`,
    errors,
  ]
}

function causeLines(causes: readonly FailureCause[]): string[] {
  if (causes.length === 0) return []
  const more = causes.length - MOST_CAUSES
  return [
    'Failures by cause',
    ...causes.slice(0, MOST_CAUSES).flatMap((cause) => {
      const rows =
        cause.rows.length > 0
          ? [pc.dim(`      with ${cause.rows.slice(0, 4).map(printable).join(', ')}`)]
          : []
      return [`  ${pc.red(`${cause.count}×`)} ${printable(sentence(cause))}`, ...rows]
    }),
    ...(more > 0 ? [pc.dim(`  and ${more} more causes in run.json`)] : []),
    '',
  ]
}

/** A cause as a sentence: `checkout › place order: order is accepted: expected status 200, got status 500`. */
export function sentence({ journey, step, kind, what, expected, got, status, origin }: FailureCause): string {
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

/** What came from outside, without control characters that could repaint or re-order what a terminal shows. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters to remove
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '�')
}

/** Columns under each other: the first to the left, the others to the right. */
export function align(rows: readonly string[][]): string[] {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => plain(row[column] ?? '').length))) ?? []
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const fill = ' '.repeat((widths[column] ?? 0) - plain(cell).length)
        return column === 0 ? cell + fill : fill + cell
      })
      .join('  ')
      .trimEnd(),
  )
}

// eslint-disable-next-line no-control-regex -- the colours' own escape sequences
const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, '')
