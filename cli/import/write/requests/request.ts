import { printable } from '../../../base/index.ts'
import { operationOf, operationsOf } from '../../traffic/operation.ts'
import { statement } from '../layout.ts'
import { call, list } from '../node.ts'
import { checkLines } from './checkLines.ts'
import type { Beside } from './payload.ts'
import { pollLines } from './pollLines.ts'
import { readingNode } from './reading.ts'
import type { RequestSource } from './requestSource.ts'
import { batchedNode, sentNode } from './sent.ts'
import { socketLines } from './socketLines.ts'

/** A request as statements of its step: sent, checked, and read. `last` is what the step ends with, where it is one value. */
export function requestLines(
  depth: number,
  source: RequestSource,
  beside: Beside,
  last: string | undefined,
): string[] {
  const { answer, draft, comments } = source
  if (draft.payload?.type === 'socket') return socketLines(depth, source, beside)
  const after = answerLines(depth, source, beside, last)
  const sent = sentNode(source, beside)
  const before = after.length > 0 ? `const ${answer} = ` : ''
  const { polled } = draft.exchange
  if (polled !== undefined) beside.polls = true
  return [
    ...commentLines(depth, comments?.before),
    ...(polled === undefined
      ? [statement(depth, before, sent)]
      : pollLines(depth, before, answer, polled, sent)),
    ...after,
  ]
}

/** Requests that are sent side by side, as statements. */
export function batchLines(
  depth: number,
  sources: readonly RequestSource[],
  beside: Beside,
  last: string | undefined,
): string[] {
  const client = sources[0]?.client ?? ''
  const sent = call(`${client}.batch`, list(sources.map((source) => batchedNode(source, beside))))
  const after = sources.map((source, index) =>
    answerLines(depth, source, beside, index === sources.length - 1 ? last : undefined),
  )
  const answers = sources.map(({ answer }, index) => (after[index]?.length === 0 ? '' : answer))
  const held = answers.join(', ').replace(/(?:, )+$/, '')
  return [statement(depth, held === '' ? '' : `const [${held}] = `, sent), ...after.flat()]
}

/** What is done with an answer: it is checked, and read. */
function answerLines(
  depth: number,
  source: RequestSource,
  beside: Beside,
  last: string | undefined,
): string[] {
  const { answer, reads, client, draft, comments } = source
  const response = operationOf(draft)
    ? `${answer}.response`
    : operationsOf(draft)
      ? `${answer}[0].response`
      : answer
  return [
    ...checkLines(depth, source, response, beside),
    ...commentLines(depth, comments?.after),
    ...reads.map((read) => {
      const before = read.variable === last ? 'return ' : `const ${read.variable} = `
      return statement(depth, before, readingNode(read, response, client))
    }),
  ]
}

const commentLines = (depth: number, lines: readonly string[] = []): string[] =>
  lines.map((line) => `${'  '.repeat(depth)}// ${printable(line)}`.trimEnd())
