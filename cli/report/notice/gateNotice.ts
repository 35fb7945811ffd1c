import { textsOf } from '../../record/index.ts'
import type { Link, Notice } from '../../telemetry/index.ts'
import type { Decision, GateCase } from '../../verdict/index.ts'
import { aboutText, approvalText, caseText, sortedCases } from '../gate/words.ts'

/** What receivers are told of a gate: the decision and why, and what failed or is open with its figures. */
export function gateNotice(decision: Decision, links: readonly Link[]): Notice {
  const { run, verdict, text, reasons, notes } = decision
  const told = sortedCases(decision).filter(({ outcome }) => outcome === 'failed' || outcome === 'open')
  const approval = approvalText(decision)
  return {
    kind: 'gate',
    verdict,
    title: `Gate: ${[run.suite, run.profile, run.environment].join(' · ')}`,
    text: approval === undefined ? text : `${text}. ${approval}`,
    details: [aboutText(decision), ...textsOf(reasons).slice(1), ...textsOf(notes)],
    figures: told.map((one) => [one.name, figuresOf(one)] as const),
    owners: [...new Set(told.flatMap(({ owner }) => owner ?? []))],
    links,
    run: run.id,
  }
}

/** What a case says without its name, which stands before it. */
function figuresOf(one: GateCase): string {
  const text = caseText(one)
  return text.startsWith(`${one.name} `) ? text.slice(one.name.length + 1) : text
}
