import { printable } from '../../base/index.ts'
import { valueText, worseText, type RolloutRow } from '../../verdict/index.ts'

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
