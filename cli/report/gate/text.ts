import pc from 'picocolors'
import { plural, printable } from '../../base/index.ts'
import { textsOf, type Verdict } from '../../record/index.ts'
import type { Decision, GateCase } from '../../verdict/index.ts'
import { aboutText, approvalText, caseText, sortedCases } from './words.ts'

const PAINT: Readonly<Record<Verdict, (text: string) => string>> = {
  pass: pc.green,
  fail: pc.red,
  inconclusive: pc.yellow,
  invalid: pc.yellow,
}

const SIGNS: Readonly<Record<GateCase['outcome'], string>> = {
  failed: pc.red('✗'),
  open: pc.yellow('?'),
  waived: pc.yellow('~'),
  'cannot tell': pc.dim('·'),
  held: pc.green('✓'),
}

/** A decision for a terminal: the answer, every reason, what should be known; with `all`, every case. */
export function decisionText(decision: Decision, all = false, next?: string): string {
  const { verdict, text, reasons, notes, cases } = decision
  const approval = approvalText(decision)
  return [
    pc.bold(PAINT[verdict](printable(text))),
    ...(approval === undefined ? [] : [pc.bold(printable(approval))]),
    `  ${printable(aboutText(decision))}`,
    ...(reasons.length > 1 ? ['', ...textsOf(reasons).map((one) => `  ${printable(one)}`)] : []),
    ...(notes.length > 0 ? ['', ...textsOf(notes).map((one) => pc.yellow(printable(one)))] : []),
    ...(all ? ['', ...sortedCases(decision).map(caseLine)] : []),
    ...(all || cases.length === 0 ? [] : [pc.dim(countedText(cases))]),
    ...(next === undefined ? [] : ['', `To confirm it, once: ${printable(next)}`]),
  ].join('\n')
}

/** How many figures were judged, and of how many nothing can be said. */
function countedText(cases: readonly GateCase[]): string {
  const untold = cases.filter(({ outcome }) => outcome === 'cannot tell').length
  const left = untold > 0 ? `, ${untold} could not be` : ''
  return `${plural(cases.length - untold, 'figure')} judged${left}: --all`
}

const caseLine = (one: GateCase): string => `  ${SIGNS[one.outcome]} ${printable(caseText(one))}`
