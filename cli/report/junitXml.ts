import { printable, truncate } from '../base/index.ts'
import { escaped } from './tree.ts'

const MAX_CHARACTERS = 1000

/** A case: a threshold, a check, a row of a comparison, or the run itself. */
export interface Case {
  classname: string
  name: string
  seconds?: number
  outcome?: { kind: 'failure' | 'error' | 'skipped'; message: string; type?: string; text?: string }
  /** Details of a case that passed. */
  note?: string
}

/** Cases that belong together. */
export interface Suite {
  name: string
  cases: Case[]
}

/** What a file of JUnit's says: suites, each with the same properties, time and start. */
export interface JunitFile {
  name: string
  seconds: number
  /** ISO 8601, UTC. */
  startedAt: string
  properties: readonly (readonly [string, string])[]
  suites: readonly Suite[]
}

/** Suites with their cases as JUnit's XML. */
export function junitXml({ name: file, seconds, startedAt, properties, suites }: JunitFile): string {
  const all = suites.flatMap(({ cases }) => cases)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: file, ...counts(all), time: seconds.toFixed(3) })}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite${attributes({ name, ...counts(cases), time: seconds.toFixed(3), timestamp: startedAt.replace(/\.\d+Z$/, '') })}>`,
      '    <properties>',
      ...properties.map(([key, value]) => `      <property${attributes({ name: key, value })}/>`),
      '    </properties>',
      ...cases.flatMap(caseLines),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

function caseLines({ classname, name, seconds = 0, outcome, note }: Case): string[] {
  const start = `    <testcase${attributes({ classname, name, time: seconds.toFixed(3) })}`
  if (outcome) {
    const { kind, message, text, type: given = 'fail' } = outcome
    const type = kind === 'skipped' ? {} : { type: given }
    return [
      `${start}>`,
      `      <${kind}${attributes({ message, ...type })}>${text === undefined ? '' : xml(text)}</${kind}>`,
      '    </testcase>',
    ]
  }
  return note === undefined
    ? [`${start}/>`]
    : [`${start}>`, `      <system-out>${xml(note)}</system-out>`, '    </testcase>']
}

function counts(cases: readonly Case[]): Record<string, string> {
  const of = (kind: string): string => `${cases.filter(({ outcome }) => outcome?.kind === kind).length}`
  return { tests: `${cases.length}`, failures: of('failure'), errors: of('error'), skipped: of('skipped') }
}

const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(value)}"`)
    .join('')

/** Text as XML 1.0 takes it: lines are kept, other control characters are not. */
const xml = (text: string): string =>
  escaped(truncate(text, MAX_CHARACTERS).split('\n').map(printable).join('\n'))
