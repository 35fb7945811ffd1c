import { keyText, quoted } from '../../../project/index.ts'
import type { Bound } from '../../traffic/bind.ts'
import type { Expected } from '../../traffic/checks.ts'
import type { Draft } from '../../traffic/draft.ts'
import type { Comments } from '../../traffic/comments.ts'
import { statement } from '../layout.ts'
import { call, object, raw, type Node } from '../node.ts'
import { pathNode } from './path.ts'
import { payloadFields, type Beside } from './payload.ts'
import { readingNode } from './reading.ts'
import { valueNode } from './value.ts'

/** A request as it is written. */
export interface RequestSource {
  draft: Draft
  /** The name of its samples. */
  name: string
  /** The client that sends it. */
  client: string
  /** The constant of its answer. */
  answer: string
  expected: Expected
  /** Values that are read from its answer. */
  reads: readonly Bound[]
  /** Headers that its client has already. */
  shared: ReadonlySet<string>
  /** Comments in front of it and behind it, without their marks. */
  comments: Comments | undefined
}

const METHODS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'head',
  OPTIONS: 'options',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'del',
}

/** A request as statements of its step: sent, checked, and read. `last` is what the step ends with, where it is one value. */
export function requestLines(
  depth: number,
  source: RequestSource,
  beside: Beside,
  last: string | undefined,
): string[] {
  const { answer, expected, reads, client } = source
  const { checks } = checksOf(expected, source.draft, beside.used)
  const sent = sentNode(source, beside)
  const lines =
    checks === undefined && reads.length === 0
      ? [statement(depth, '', sent)]
      : [statement(depth, `const ${answer} = `, sent)]
  if (checks !== undefined) {
    beside.used.add('ensure')
    lines.push(statement(depth, '', call('ensure', raw(answer), checks)))
  }
  lines.unshift(...commentLines(depth, source.comments?.before))
  lines.push(...commentLines(depth, source.comments?.after))
  for (const read of reads) {
    const before = read.variable === last ? 'return ' : `const ${read.variable} = `
    lines.push(statement(depth, before, readingNode(read, answer, client)))
  }
  return lines
}

const commentLines = (depth: number, lines: readonly string[] = []): string[] =>
  lines.map((line) => `${'  '.repeat(depth)}// ${line}`.trimEnd())

function sentNode({ draft, name, client, expected, shared }: RequestSource, beside: Beside): Node {
  const { exchange, headers } = draft
  const own = headers.filter(([header]) => !shared.has(header))
  const { status, accepts = status === undefined ? [] : [status] } = expected
  const [first = 0] = accepts
  const options: [string, Node][] = [
    ['name', raw(quoted(name))],
    ...payloadFields(draft, beside),
    ...(own.length > 0
      ? [['headers', object(own.map(([key, value]) => [keyText(key), valueNode(value)]))] as [string, Node]]
      : []),
    ...(isRedirect(first) ? [['redirects', raw('0')] as [string, Node]] : []),
    ...(accepts.some((code) => code >= 400)
      ? [['expect', raw(`[${accepts.join(', ')}]`)] as [string, Node]]
      : []),
  ]
  const method = METHODS[exchange.method]
  const path = pathNode(draft, beside.used)
  return method === undefined
    ? call(`${client}.request`, raw(quoted(exchange.method)), path, object(options))
    : call(`${client}.${method}`, path, object(options))
}

const isRedirect = (status: number): boolean => status > 300 && status < 309

function checksOf(
  { noun, status, marker, more = [] }: Expected,
  { payload }: Draft,
  used: Set<string>,
): { checks: Node | undefined } {
  const fields: [string, Node][] = []
  if (status !== undefined) {
    used.add('status')
    fields.push([quoted(`${noun} answers ${status}`), raw(`status(${status})`)])
  }
  if (marker !== undefined && payload?.type !== 'graphql') {
    used.add('contains')
    fields.push([quoted(`${noun} ${marker.name}`), call('contains', raw(quoted(marker.text)))])
  }
  if (payload?.type === 'graphql')
    fields.push([quoted(`${noun} has no errors`), raw('({ body }) => !body.includes(\'"errors":\')')])
  for (const { name, test, uses } of more) {
    if (uses !== undefined) used.add(uses)
    fields.push([keyText(name), raw(test)])
  }
  return { checks: fields.length === 0 ? undefined : object(fields) }
}
