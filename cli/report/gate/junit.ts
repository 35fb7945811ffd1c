import { textsOf } from '../../record/index.ts'
import type { Decision, GateCase } from '../../verdict/index.ts'
import { junitXml, type Case } from '../junitXml.ts'
import { approvalText, caseText, waiverText } from './words.ts'

/**
 * A decision as JUnit's XML: a suite per journey with a case per threshold and per row of the comparison, and one for
 * the decision itself. What is waived, open or cannot be told is skipped, with why.
 */
export function decisionJunit(decision: Decision): string {
  const { run, cases, verdict, base } = decision
  const own = `gate of ${run.suite}`
  const suiteOf = ({ journey }: GateCase): string => journey ?? own
  const names = [...new Set(cases.map(suiteOf))].filter((name) => name !== own)
  const of = (name: string): Case[] =>
    cases.filter((one) => suiteOf(one) === name).map((one) => caseOf(one, name))
  return junitXml({
    name: own,
    seconds: 0,
    startedAt: run.startedAt,
    properties: [
      ['run.id', run.id],
      ['verdict', verdict],
      ['environment', run.environment],
      ['profile', run.profile],
      ['baseline', base?.name ?? 'none'],
    ],
    suites: [
      { name: own, cases: [decisionCase(decision, own), ...of(own)] },
      ...names.map((name) => ({ name, cases: of(name) })),
    ],
  })
}

/** The decision itself: red where its exit code is not 0. */
function decisionCase(decision: Decision, classname: string): Case {
  const { verdict, text, reasons, exitCode } = decision
  const name = 'gate'
  const all = textsOf(reasons).join('\n')
  if (exitCode === 0) return { classname, name, note: approvalText(decision) ?? all }
  const kind = verdict === 'fail' ? 'failure' : 'error'
  return { classname, name, outcome: { kind, message: text, text: all, type: verdict } }
}

function caseOf(one: GateCase, suite: string): Case {
  const { name, step, outcome } = one
  const base = { classname: step === undefined ? suite : `${suite}.${step}`, name }
  const text = caseText(one)
  if (outcome === 'failed')
    return { ...base, outcome: { kind: 'failure', message: text, type: one.code, text } }
  if (outcome === 'held') return { ...base, note: text }
  const message = outcome === 'waived' ? `waived: ${text}; ${waiverText(one)}` : `${outcome}: ${text}`
  return { ...base, outcome: { kind: 'skipped', message } }
}
