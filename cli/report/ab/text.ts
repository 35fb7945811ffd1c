import pc from 'picocolors'
import { alignTable, plural, printable } from '../../base/index.ts'
import { textsOf, type Verdict } from '../../record/index.ts'
import type { AbResult, RowVerdict } from '../../verdict/index.ts'
import { shownRows, whyOf } from '../comparison/rows.ts'
import { AB_HEADINGS, abCells } from './cells.ts'
import { abAbout } from './words.ts'

const PAINT: Readonly<Record<Verdict, (text: string) => string>> = {
  pass: pc.green,
  fail: pc.red,
  inconclusive: pc.yellow,
  invalid: pc.yellow,
}
const ROW_PAINT: Readonly<Record<RowVerdict, (text: string) => string>> = {
  worse: pc.red,
  better: pc.green,
  same: (text) => text,
  'cannot tell': pc.yellow,
}

/** An A/B test for a terminal: the answer, the rows that matter, what should be known; with `all`, every row. */
export function abText(result: AbResult, all = false): string {
  const { verdict, text, reasons, notes } = result
  const { shown, more } = shownRows(result, all)
  const rows = shown.map((row) => [
    ...abCells(row).map(printable),
    `${ROW_PAINT[row.verdict](row.verdict)}${whyOf(row) === '' ? '' : pc.dim(` (${row.reason.code})`)}`,
  ])
  const hints = new Map(
    shown.filter((row) => whyOf(row) !== '').map(({ reason }) => [reason.code, reason.text]),
  )
  return [
    pc.bold(PAINT[verdict](printable(text))),
    `  ${printable(abAbout(result))}`,
    ...(reasons.length > 1 ? ['', ...textsOf(reasons).map((one) => `  ${printable(one)}`)] : []),
    ...(rows.length > 0 ? ['', ...alignTable([[...AB_HEADINGS, 'verdict'].map(pc.dim), ...rows])] : []),
    ...(more > 0 ? [pc.dim(`and ${plural(more, 'more row')}: --all`)] : []),
    ...[...hints].map(([code, why]) => pc.dim(`${code}: ${printable(why)}`)),
    ...(notes.length > 0 ? ['', ...textsOf(notes).map((one) => pc.yellow(printable(one)))] : []),
  ].join('\n')
}
