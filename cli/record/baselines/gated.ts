import { GATE_FILE, parseJson } from '../../base/index.ts'
import { isRecord } from '../../../config/problem/keys.ts'
import type { RunFolder } from '../runs/runFolder.ts'

/** What the gate said last of a run that no baseline should have. */
export type Gated = 'failed' | 'waived'

/**
 * Whether the gate refused a run, or a waiver let it through; undefined where neither, and where no gate saw it. A decision
 * that cannot be read is taken as a refusal.
 */
export async function gatedAs(folder: RunFolder): Promise<Gated | undefined> {
  const text = await folder.text(GATE_FILE).catch(() => undefined)
  if (text === undefined) return undefined
  const value = parseJson(text)
  if (!isRecord(value)) return 'failed'
  const { verdict, cases } = value
  const isWaived = Array.isArray(cases) && cases.some((one) => isRecord(one) && one.outcome === 'waived')
  return isWaived ? 'waived' : verdict === 'fail' ? 'failed' : undefined
}
