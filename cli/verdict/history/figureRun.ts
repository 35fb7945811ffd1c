import type { RunRecord } from '../../record/index.ts'

/** Failures of runs that were measured as a whole: a limit was crossed, or checks failed. */
const MEASURED = ['threshold-crossed', 'checks-failed', 'marked-as-failed']
/** What leaves a run open that was measured as a whole. */
const OPEN = ['nothing-judged']

/** Why a run has no figures in a trend; undefined where it has. One that was cut short, or did not reach its target, has none. */
export function noFigures({ state, mode, verdict, reasons }: RunRecord): string | undefined {
  if (state !== 'ended') return 'it has not ended'
  if (mode === 'cloud') return 'it was made in the cloud, and nothing of it was recorded here'
  const [first] = reasons
  const measured = verdict === 'fail' ? MEASURED : verdict === 'inconclusive' ? OPEN : undefined
  if (verdict === 'pass' || (first && measured?.includes(first.code))) return undefined
  return `its verdict is ${verdict}${first ? `: ${first.text}` : ''}`
}
