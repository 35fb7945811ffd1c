import { textsOf } from '../../record/index.ts'
import type { Link, Notice } from '../../telemetry/index.ts'
import type { AbResult, Row } from '../../verdict/index.ts'
import { abCells } from '../ab/cells.ts'
import { abAbout } from '../ab/words.ts'
import { shownRows } from '../comparison/rows.ts'

/** What receivers are told of an A/B test: the answer and why, and the rows that matter with their figures. */
export function abNotice(result: AbResult, links: readonly Link[]): Notice {
  const { id, suite, profile, environment, verdict, text, reasons, notes } = result
  return {
    kind: 'ab',
    verdict,
    title: `A/B test: ${[suite, profile, environment].join(' · ')}`,
    text,
    details: [abAbout(result), ...textsOf(reasons).slice(1), ...textsOf(notes)],
    figures: shownRows(result, false).shown.map((row) => [row.name, figuresOf(row)] as const),
    owners: [],
    links,
    run: id,
  }
}

/** `412 ms → 474 ms, +15 % (in 95 of 100 cases +11 % to +19 %): worse`. */
function figuresOf(row: Row): string {
  const [, base, candidate, change, interval] = abCells(row)
  const sure = row.interval === undefined ? '' : ` (in 95 of 100 cases ${interval})`
  return `${base} → ${candidate}, ${change}${sure}: ${row.verdict}`
}
