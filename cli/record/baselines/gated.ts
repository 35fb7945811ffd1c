import { GATE_FILE, parseJson } from '../../base/index.ts'
import { isRecord } from '../../../config/problem/keys.ts'
import type { RunFolder } from '../runs/runFolder.ts'

/** What the gate said last of a run that no baseline should have. */
export type Gated = 'failed' | 'inconclusive' | 'waived' | 'tolerated'

/** Reasons that are the baseline's, and say nothing of the run: without such runs no baseline would ever be enough. */
const OF_BASELINE: readonly unknown[] = ['insufficient-baseline', 'conditions-differ']

/**
 * Whether the gate refused a run, could not tell, or let it through by a waiver or a tolerance; undefined where none of it,
 * and where no gate saw it. A decision that cannot be read is taken as a refusal.
 */
export async function gatedAs(folder: RunFolder): Promise<Gated | undefined> {
  const text = await folder.text(GATE_FILE).catch(() => undefined)
  if (text === undefined) return undefined
  const value = parseJson(text)
  if (!isRecord(value)) return 'failed'
  const { verdict } = value
  const [notes, reasons] = [recordsIn(value.notes), recordsIn(value.reasons)]
  if (notes.some(({ code }) => code === 'waived')) return 'waived'
  if (verdict === 'fail') return 'failed'
  if (verdict === 'inconclusive' && !reasons.every(({ code }) => OF_BASELINE.includes(code)))
    return 'inconclusive'
  return notes.some(({ code }) => code === 'tolerated') ? 'tolerated' : undefined
}

const recordsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []
