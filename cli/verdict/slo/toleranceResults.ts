import { isRecord } from '../../../config/problem/keys.ts'
import type { Tolerance } from '../../../config/gate.ts'
import { defined, GATE_FILE, parseJson } from '../../base/index.ts'
import { changeText } from '../comparison/words.ts'
import type { Decision } from '../gate/decide.ts'
import type { GateCase } from '../gate/gateCase.ts'
import { toleranceOf } from '../gate/waived.ts'
import type { SloResult } from './listed.ts'
import type { RecentRun } from './recentRuns.ts'

/** What the gate said of a run, as far as it can be read; undefined where no gate saw it. */
export async function decisionOf({
  folder,
}: Pick<RecentRun, 'folder'>): Promise<Pick<Decision, 'verdict' | 'cases' | 'approval'> | undefined> {
  const value = parseJson(await folder.text(GATE_FILE).catch(() => ''))
  if (!isRecord(value) || !Array.isArray(value.cases)) return undefined
  return { ...(value as unknown as Decision), cases: value.cases.filter(isRecord) as unknown as GateCase[] }
}

/** What a tolerance came to at the gate of a run; undefined where no row of the comparison was judged by it. */
export function toleratedIn(
  { record: { id, startedAt, environment } }: RecentRun,
  cases: readonly GateCase[],
  tolerance: Tolerance,
  all: readonly Tolerance[],
): SloResult | undefined {
  const own = cases.filter(
    (one) =>
      one.row !== undefined &&
      ['held', 'failed', 'waived'].includes(one.outcome) &&
      toleranceOf(all, environment, one) === tolerance,
  )
  const [worst] = own.toSorted((a, b) => Number(isHeld(a)) - Number(isHeld(b)) || sizeOf(b) - sizeOf(a))
  if (worst === undefined) return undefined
  const { unit, base, change } = worst.row ?? {}
  const value = unit === undefined || change === undefined ? undefined : changeText(change, unit, base)
  return { run: id, startedAt, result: isHeld(worst) ? 'pass' : 'fail', ...defined({ value }) }
}

const isHeld = ({ outcome }: GateCase): boolean => outcome === 'held'

const sizeOf = ({ row }: GateCase): number => {
  const { base = 0, change = 0 } = row ?? {}
  return base === 0 ? Math.abs(change) : Math.abs(change / base)
}
