import { secretIn } from '../../../config/secrets.ts'
import { printable } from '../../base/index.ts'
import { quoted } from '../../project/index.ts'
import { textAt, type Raw } from '../studio/raw.ts'
import type { Expected, WrittenCheck } from '../traffic/checks.ts'
import type { Exchange } from '../traffic/exchange.ts'
import { textNode } from '../write/requests/value.ts'
import type { Value } from '../traffic/value.ts'
import { selectorIn } from './selector.ts'

/** A rule that says what an answer has to be. */
export interface Verification {
  target: 'status' | 'body'
  operator: string
  value: Raw
}

/** Longer bodies are not compared as a whole. */
const MAX_BODY = 200

/** What is expected of an answer with a rule's word on it; a sentence where no predicate can say it. */
export function verified(
  { target, operator, value }: Verification,
  expected: Expected,
  { answer }: Exchange,
  variable: (name: string) => Value | undefined,
): Expected | string {
  return target === 'status'
    ? statusVerified(operator, value, expected)
    : bodyVerified(operator, value, expected, answer?.text, variable)
}

function statusVerified(operator: string, value: Raw, expected: Expected): Expected | string {
  const { noun } = expected
  const code = value.type === 'number' ? value.number : expected.status
  if (operator === 'matches' || value.type === 'regex') {
    const pattern = selectorIn({ type: 'regex', regex: value.regex })
    if (typeof pattern === 'string') return pattern
    if (pattern.by !== 'pattern') return 'it has no pattern'
    return instead(expected, [], {
      name: `${noun} answers ${String(pattern.pattern)}`,
      test: `(response) => ${String(pattern.pattern)}.test(String(response.status))`,
    })
  }
  if (typeof code !== 'number' || !Number.isInteger(code)) return 'no status was recorded'
  if (operator === 'notEquals')
    return instead(expected, [], {
      name: `${noun} does not answer ${code}`,
      test: `(response) => response.status !== ${code}`,
    })
  if (operator !== 'equals') return `a status has no operator ${operator.slice(0, 40)}`
  // The recorded one is checked in any case.
  if (code === expected.status) return expected
  return instead(expected, [code], {
    name: `${noun} answers ${code}`,
    test: `status(${code})`,
    uses: 'status',
  })
}

/** A rule about the status stands in the place of the recorded one. */
function instead(expected: Expected, accepts: readonly number[], check: WrittenCheck): Expected {
  const { status, marker, errors, more = [] } = expected
  return {
    noun: expected.noun,
    status: undefined,
    accepts: accepts.length > 0 ? accepts : status === undefined ? [] : [status],
    more: [check, ...more],
    ...(marker === undefined ? undefined : { marker }),
    ...(errors === undefined ? undefined : { errors }),
  }
}

function bodyVerified(
  operator: string,
  value: Raw,
  expected: Expected,
  recorded: string | undefined,
  variable: (name: string) => Value | undefined,
): Expected | string {
  const add = (name: string, test: string, uses?: string): Expected => ({
    ...expected,
    more: [
      ...(expected.more ?? []),
      { name: `${expected.noun} ${name}`, test, ...(uses === undefined ? undefined : { uses }) },
    ],
  })
  if (operator === 'matches' || value.type === 'regex') {
    const pattern = selectorIn({ type: 'regex', regex: value.regex })
    if (typeof pattern === 'string') return pattern
    return pattern.by === 'pattern'
      ? add(`matches ${String(pattern.pattern)}`, `contains(${String(pattern.pattern)})`, 'contains')
      : 'it has no pattern'
  }
  const own = value.type === 'variable' ? variable(textAt(value, 'variableName') ?? '') : undefined
  const text =
    value.type === 'recordedValue' ? recorded : value.type === 'string' ? String(value.value) : undefined
  if (own === undefined && text === undefined)
    return value.type === 'variable' ? 'its variable has no value' : 'no body was recorded'
  if (text !== undefined && (text.length > MAX_BODY || secretIn(text) !== undefined))
    return 'it compares a body that is too long, or has a secret: check a part of it'
  const source = own === undefined ? quoted(text ?? '') : textNode(own).text
  const shown =
    own === undefined ? shownText(text ?? '') : `the value of ${textAt(value, 'variableName') ?? ''}`
  switch (operator) {
    case 'equals':
      return add(`is ${shown}`, `(response) => response.body === ${source}`)
    case 'notEquals':
      return add(`is not ${shown}`, `(response) => response.body !== ${source}`)
    case 'contains':
      return add(`has ${shown}`, `contains(${source})`, 'contains')
    case 'notContains':
      return add(`has no ${shown}`, `(response) => !response.body.includes(${source})`)
    default:
      return `a body has no operator ${operator.slice(0, 40)}`
  }
}

const shownText = (text: string): string => {
  const own = printable(text.slice(0, 40))
  return own.includes('"') ? own : `"${own}"`
}
