import { keyText, quoted } from '../../../project/index.ts'
import { statement } from '../layout.ts'
import { call, object, raw } from '../node.ts'
import { operationsLines } from './clients.ts'
import type { Beside } from './payload.ts'
import { batchLines, requestLines } from './request.ts'
import type { RequestSource } from './requestSource.ts'
import { sideBySide } from './sideBySide.ts'
import type { Session } from './sessions.ts'
import { valueNode } from './value.ts'

/** A step as it is written. */
export interface StepSource {
  name: string
  requests: readonly RequestSource[]
  /** Seconds of think time before it, from and to. */
  think: readonly [least: number, most: number] | undefined
  /** Variables that later steps use. */
  gives: readonly string[]
  /** Clients that are made after it. */
  sessions: readonly Session[]
}

/** A journey of requests as it is written. */
export interface RequestJourney {
  name: string
  variable: string
  steps: readonly StepSource[]
  /** Columns of the pool that it takes a row of. */
  columns: readonly string[]
  /** Further lines that it begins with. */
  opens: readonly string[]
  /** Further lines that it ends with. */
  ends: readonly string[]
}

/** A journey as TypeScript. */
export function requestJourneyText(
  { name, variable, steps, columns, opens, ends }: RequestJourney,
  beside: Beside,
): string {
  const { used } = beside
  used.add('journey').add('step')
  const row =
    columns.length === 0
      ? []
      : [`  const { ${columns.map((column) => `${column} = ''`).join(', ')} } = nextRow(people)`]
  if (columns.length > 0) used.add('nextRow')
  const isAsync = steps.some(isSpoken)
  return [
    `export const ${variable} = journey(${quoted(name)}, ${isAsync ? 'async ' : ''}() => {`,
    ...row,
    ...opens.map((line) => `  ${line}`),
    ...steps.flatMap((step) => [...thinkLines(step, used), ...stepLines(step, beside)]),
    ...ends.map((line) => `  ${line}`),
    '})',
  ].join('\n')
}

function thinkLines({ think }: StepSource, used: Set<string>): string[] {
  if (think === undefined) return []
  used.add('think')
  return [statement(1, '', call('think', ...[...new Set(think)].map((seconds) => raw(String(seconds)))))]
}

/** Whether a step has a socket, and so has to be awaited. */
const isSpoken = ({ requests }: StepSource): boolean =>
  requests.some(({ draft }) => draft.payload?.type === 'socket')

function stepLines(step: StepSource, beside: Beside): string[] {
  const { name, requests, gives, sessions } = step
  const runs = sideBySide(requests)
  const last = requests.at(-1)?.reads.at(-1)?.variable
  // One value that is read last is what the step returns.
  const only = gives.length === 1 && gives[0] === last ? last : undefined
  const given = gives.length === 1 ? gives[0] : `{ ${gives.join(', ')} }`
  const held = gives.length === 0 ? '' : `const ${given ?? ''} = `
  return [
    `  ${held}${isSpoken(step) ? `await step(${quoted(name)}, async` : `step(${quoted(name)},`} () => {`,
    ...runs.flatMap((run, index) => {
      const end = index === runs.length - 1 ? only : undefined
      const [first] = run
      return run.length === 1 && first ? requestLines(2, first, beside, end) : batchLines(2, run, beside, end)
    }),
    ...(gives.length > 0 && only === undefined ? [`    return ${given ?? ''}`] : []),
    '  })',
    ...sessions.flatMap(({ variable, client, header, value, operations }) => {
      const headers = object([[keyText(header), valueNode(value)]])
      const made = call(`${client.variable}.with`, object([['headers', headers]]))
      return [statement(1, `const ${variable} = `, made), ...operationsLines(1, variable, operations)]
    }),
  ]
}
