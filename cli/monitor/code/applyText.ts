import pc from 'picocolors'
import type { AppliedChange } from './apply.ts'
import type { Undeclared } from './plan.ts'
import { lossOf, monitorName } from './planText.ts'

/** One change that was made, on a line; a deletion says what went with it. */
export function doneText(change: AppliedChange, undeclared: readonly Undeclared[]): string {
  const { action, id, sha256 } = change
  const paint = action === 'kept' ? pc.dim : action === 'deleted' ? pc.red : pc.green
  const lost = action === 'deleted' ? `: ${lossOf(undeclared.find((one) => one.id === id) ?? {})}` : ''
  const hash = sha256 === undefined ? '' : `, SHA-256 ${sha256}`
  return `${paint(action.padEnd(7))} ${monitorName(change)}, id ${id}${hash}${lost}`
}

/** What an apply came to. */
export function endText(made: readonly AppliedChange[]): string {
  const changed = made.filter(({ action }) => action !== 'kept').length
  if (changed === 0) return 'nothing to change: the tenant is as declared'
  return `${changed} changed, ${made.length - changed} as ${made.length - changed === 1 ? 'it was' : 'they were'}`
}
