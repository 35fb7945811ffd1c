import { textsOf } from '../../record/index.ts'
import type { AbResult, Row } from '../../verdict/index.ts'
import { junitXml, type Case } from '../junitXml.ts'

/** An A/B test as JUnit's XML: a suite per journey with a case per row, and one for the test itself. */
export function abJunit(result: AbResult): string {
  const { suite, runs, rows, startedAt, id, verdict, environment, profile, base, candidate } = result
  const own = `A/B test of ${suite}`
  const suiteOf = ({ journey }: Row): string => journey ?? own
  const judged = rows.filter((row) => row.judged)
  const names = [...new Set(judged.map(suiteOf))].filter((name) => name !== own)
  const of = (name: string): Case[] =>
    judged.filter((one) => suiteOf(one) === name).map((one) => caseOf(one, name))
  return junitXml({
    name: own,
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
    startedAt,
    properties: [
      ['ab.id', id],
      ['verdict', verdict],
      ['environment', environment],
      ['profile', profile],
      ['base', base],
      ['candidate', candidate],
    ],
    suites: [
      { name: own, cases: [resultCase(result, own), ...of(own)] },
      ...names.map((name) => ({ name, cases: of(name) })),
    ],
  })
}

function resultCase({ verdict, text, reasons, exitCode }: AbResult, classname: string): Case {
  const all = textsOf(reasons).join('\n')
  if (exitCode === 0) return { classname, name: 'ab', note: all }
  const kind = verdict === 'fail' ? 'failure' : 'error'
  return { classname, name: 'ab', outcome: { kind, message: text, text: all, type: verdict } }
}

function caseOf({ name, step, verdict, reason }: Row, suite: string): Case {
  const base = { classname: step === undefined ? suite : `${suite}.${step}`, name }
  const { code: type, text } = reason
  if (verdict === 'worse') return { ...base, outcome: { kind: 'failure', message: text, type, text } }
  if (verdict === 'cannot tell') return { ...base, outcome: { kind: 'skipped', message: text } }
  return { ...base, note: text }
}
