import { plural } from '../../base/index.ts'
import type { Reason } from '../../record/index.ts'
import { LIMITS } from './limits.ts'
import { median } from '../statistics/robust.ts'
import { isTail, type Row, type RowVerdict } from './row.ts'
import { rowText, sizeText } from './words.ts'

/** Why a row leaves the whole open by itself: because a second run tells, or since none that is like this one does. */
const OPEN = ['one-of-many', 'few-failures', 'failures-together']
const UNTELLABLE = ['machine-busy', 'not-measured', 'fewer-samples', 'rate-without-direction']

/** Whether a row leaves the whole open: by another run, on another machine, or with what is missing, it would be told. */
export const isOpen = ({ verdict, reason }: Row): boolean =>
  verdict === 'cannot tell' && [...OPEN, ...UNTELLABLE].includes(reason.code)

/** Whether what a row leaves open is told by a second run: one of a busy machine, or without what is missing, says nothing. */
export const isTellable = ({ code }: Pick<Reason, 'code'>): boolean => !UNTELLABLE.includes(code)

/** The rows that speak for their places, times apart from shares: a p99 of few samples, or of much noise, leaves no place open. */
const SPEAKING: readonly ((row: Row) => boolean)[] = [
  ({ quantity }) => isTail(quantity),
  ({ quantity }) => quantity === 'share',
]

const RANKS: Readonly<Record<RowVerdict, number>> = { worse: 0, better: 1, 'cannot tell': 3, same: 4 }

/** What no verdict can be given on for want of samples comes after all else of its phase. */
const rankOf = (row: Row): number =>
  (isOpen(row) ? 2 : RANKS[row.verdict]) + (row.isCounted ? 0 : 5) + (row.judged ? 0 : 10)

/** How large a change is beside what matters: of shares by points, of others by percent of the baseline. */
function weightOf({ change = 0, limit, base = 0, unit }: Row): number {
  if (limit !== undefined) return Math.abs(change) / limit
  if (unit === 'share') return Math.abs(change) / LIMITS.points
  return base === 0 ? 0 : Math.abs(change / base) / LIMITS.relative
}

/** A step says where it is; a journey, and an author's own metric, have its time too. */
const isPlace = ({ step, request, check }: Row): boolean => (step ?? request ?? check) !== undefined

/** Rows by what matters: the worse first, then the better, what stays open, and the rest; steps first, each by its change. */
export const sortedRows = (rows: readonly Row[]): Row[] =>
  rows.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || Number(isPlace(b)) - Number(isPlace(a)) || weightOf(b) - weightOf(a),
  )

/** The verdict on the whole, of its judged rows, and the answer in a sentence. */
export function summaryOf(all: readonly Row[]): { verdict: RowVerdict; text: string } {
  const rows = sortedRows(all).filter(({ judged }) => judged)
  const of = (verdict: RowVerdict): Row[] => rows.filter((row) => row.verdict === verdict)
  const [worse, better, same] = [of('worse'), of('better'), of('same')]
  const more = (count: number): string => (count > 1 ? `, and ${plural(count - 1, 'more row')}` : '')
  if (worse[0]) return { verdict: 'worse', text: `Worse: ${rowText(worse[0])}${more(worse.length)}` }
  const open = rows.filter(isOpen)
  if (better[0] && open.length === 0)
    return { verdict: 'better', text: `Better: ${rowText(better[0])}${more(better.length)}` }
  if (open[0])
    return {
      verdict: 'cannot tell',
      text: `Cannot tell: ${open[0].name}: ${open[0].reason.text}${more(open.length)}`,
    }
  for (const speaks of SPEAKING) {
    const noisy = rows.filter((row) => speaks(row) && row.reason.code === 'too-noisy')
    if (noisy[0] && noisy.length >= same.filter(speaks).length)
      return {
        verdict: 'cannot tell',
        text: `Cannot tell: ${noisy[0].name}: ${noisy[0].reason.text}${more(noisy.length)}`,
      }
  }
  if (same.length > 0) return { verdict: 'same', text: `Same: ${sameText(same)}` }
  const why = rows[0]?.reason.text ?? 'the runs have nothing in common that is judged'
  return { verdict: 'cannot tell', text: `Cannot tell: ${why}${largestText(rows)}` }
}

/** What would have been found in most rows. */
function sameText(same: readonly Row[]): string {
  const p95 = same.filter(({ quantity }) => quantity === 'p95')
  const known = p95.flatMap(({ detectable, base }) =>
    detectable !== undefined && base !== undefined && base > 0 ? [detectable / base] : [],
  )
  const found =
    known.length > 0 ? `; in most p95 a change of ${sizeText(median(known), 'ms', 1)} would be found` : ''
  return `no change beyond noise in ${plural(same.length, 'row')}${found}`
}

/** The largest change of a figure that has samples enough, where no verdict can be given. */
function largestText(rows: readonly Row[]): string {
  const row = rows.find(({ change, isCounted }) => isCounted && change !== undefined && change !== 0)
  return row ? `. The largest change: ${rowText(row)}` : ''
}
