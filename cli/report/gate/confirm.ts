import { shellText } from '../../project/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { isTellable, type Decision } from '../../verdict/index.ts'
import { toldIn } from '../again.ts'

/** The commands of the one further run that a borderline decision asks for; undefined where there is nothing to confirm. */
export function confirmCommand(
  { verdict, cases, run, confirmedBy }: Decision,
  record: RunRecord,
): string | undefined {
  // A run on a busy machine, or without what others have, is no half of a measurement: it is made anew.
  const open = cases.filter(({ outcome }) => outcome === 'open')
  if (verdict !== 'inconclusive' || open.length === 0 || confirmedBy !== undefined || !open.every(isTellable))
    return undefined
  const { script, suite, faults } = record
  const again = ['npx', 'loadwright', 'run', script ?? suite, ...toldIn(record)]
  const withFaults = faults.flatMap((fault) => ['--fault', fault])
  return `${shellText([...again, ...withFaults])}; npx loadwright gate ${run.id} --confirm latest`
}
