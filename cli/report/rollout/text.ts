import pc from 'picocolors'
import { alignTable, plural, printable } from '../../base/index.ts'
import { textsOf } from '../../record/index.ts'
import type { RolloutDecided, RolloutDecision, RolloutFacts } from '../../verdict/index.ts'
import { headingOf, isTelling, rowCells, shownRows } from './cells.ts'
import { valueText } from '../../verdict/index.ts'

const PAINT: Readonly<Record<RolloutDecided, (text: string) => string>> = {
  promote: pc.green,
  hold: pc.yellow,
  'roll back': pc.red,
}

/** A decision on a canary for a terminal: the answer, every reason, and each metric. */
export function rolloutText(decision: RolloutDecision): string {
  const { text, reasons, notes, rows } = decision
  const shown = shownRows(decision)
  return [
    pc.bold(PAINT[decision.decision](printable(text))),
    `  ${printable(aboutText(decision))}`,
    ...(reasons.length > 1 ? ['', ...textsOf(reasons).map((one) => `  ${printable(one)}`)] : []),
    ...(notes.length > 0 ? ['', ...textsOf(notes).map((one) => pc.yellow(printable(one)))] : []),
    ...(shown.length > 0 ? ['', ...alignTable([headingOf(), ...shown.map(rowCells)])] : []),
    ...(rows.length > shown.length ? [pc.dim(moreText(rows.length - shown.length))] : []),
  ].join('\n')
}

/** What the table leaves out. */
export const moreText = (rows: number): string =>
  `${plural(rows, 'more figure')}: --format json, or watch.json`

/** Which versions were watched, and how long. */
export const aboutText = ({ canary, stable, looks, planned }: RolloutDecision): string =>
  `${canary} beside ${stable}: ${looks} of ${planned} looks`

/** Metrics that a line of progress has. */
const MAX_METRICS = 6

/** How a watch stands after a look: `look 3 of 10: error rate 0.2 % / 0.1 %, p95 412 ms / 405 ms`: canary / stable. */
export function progressText({ looks, planned, rows, unanswered }: RolloutFacts): string {
  const figures = rows
    .filter(isTelling)
    .slice(0, MAX_METRICS)
    .map(
      ({ name, unit, last }) => `${name} ${valueText(last?.canary, unit)} / ${valueText(last?.stable, unit)}`,
    )
  const silent = unanswered.inARow > 0 ? `; no answer: ${unanswered.why}` : ''
  return printable(`look ${looks} of ${planned}: ${figures.join(', ') || 'no figures'}${silent}`)
}
