import { EXIT } from '../../base/index.ts'
import { textsOf, type Verdict } from '../../record/index.ts'
import type { Link, Notice } from '../../telemetry/index.ts'
import type { RolloutDecided, RolloutDecision, RolloutRow } from '../../verdict/index.ts'
import { rowCells, shownRows } from './cells.ts'
import { aboutText } from './text.ts'

const TITLES: Readonly<Record<RolloutDecided, string>> = {
  promote: 'Promote',
  hold: 'Hold',
  'roll back': 'Roll back',
}
const VERDICTS: Readonly<Record<number, Verdict>> = {
  [EXIT.pass]: 'pass',
  [EXIT.fail]: 'fail',
  [EXIT.inconclusive]: 'inconclusive',
}

/** What receivers are told of a watched canary: the decision and why, first whether its hook failed, and each metric. */
export function rolloutNotice(
  decision: RolloutDecision,
  { links, hookFailed }: { links: readonly Link[]; hookFailed?: string | undefined },
): Notice {
  const { decision: decided, exitCode, canary, text, reasons, notes } = decision
  const isFailed = hookFailed !== undefined
  return {
    kind: 'watch',
    verdict: isFailed ? 'fail' : (VERDICTS[exitCode] ?? 'invalid'),
    title: `${TITLES[decided]}${isFailed ? ', but the hook failed' : ''}: ${canary}`,
    text,
    details: [
      ...(isFailed ? [hookFailed] : []),
      aboutText(decision),
      ...textsOf(reasons).slice(1),
      ...textsOf(notes),
    ],
    figures: shownRows(decision).map(figureOf),
    owners: [],
    links,
  }
}

/** `p95`: `405 ms → 427 ms, +5.4 %, too noisy`. */
function figureOf(row: RolloutRow): readonly [name: string, value: string] {
  const [name = '', stable = '', canary = '', change = '', , limit = '', finding = ''] = rowCells(row)
  const about = [change, limit === '' ? '' : `limit ${limit}`, finding].filter(Boolean)
  return [name, [`${stable} → ${canary}`, ...about].join(', ')]
}
