import { printable } from '../../base/index.ts'
import { valueText, worseText, type RolloutDecision, type RolloutRow } from '../../verdict/index.ts'

/** Rows of a table at most. */
const MAX_ROWS = 20

/** The rows that a reader needs: what rolls back, then what a promotion needs, but for limits that hold. */
export function shownRows({ rows }: RolloutDecision): RolloutRow[] {
  const isBad = ({ finding }: RolloutRow): boolean =>
    finding === 'canary-worse' || finding === 'limit-crossed'
  return rows
    .filter((row) => isBad(row) || isTelling(row))
    .toSorted((a, b) => Number(isBad(b)) - Number(isBad(a)))
    .slice(0, MAX_ROWS)
}

/** What a promotion needs, but for limits of which nothing is to be told: no run crossed them. */
export const isTelling = ({ isMain, stable, crossed, missing }: RolloutRow): boolean =>
  isMain && (stable !== undefined || crossed !== 0 || missing > 0)

/** The heading of the table of metrics. */
export const headingOf = (): string[] => ['', 'stable', 'canary', 'change', 'tolerated', 'limit', '']

/** A metric as cells of the table. */
export function rowCells(row: RolloutRow): string[] {
  const { name, unit, stable, canary, better, worse, allowed, limit = '', finding } = row
  const changed = worse === undefined ? '' : worseText(better === 'lower' ? worse : -worse, row)
  const tolerated = allowed === undefined ? '' : worseText(better === 'lower' ? allowed : -allowed, row)
  const cells = [valueText(stable, unit), valueText(canary, unit), changed, tolerated, limit]
  return [printable(name), ...cells, finding.replaceAll('-', ' ')]
}
