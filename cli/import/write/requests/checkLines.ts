import { keyText, quoted } from '../../../project/index.ts'
import { statement } from '../layout.ts'
import { call, object, raw, type Node } from '../node.ts'
import type { Draft } from '../../traffic/draft.ts'
import { operationOf, operationsOf } from '../../traffic/operation.ts'
import type { Beside } from './payload.ts'
import type { RequestSource } from './requestSource.ts'

/** The checks of an answer as statements; `response` is where HTTP's own answer is. */
export function checkLines(
  depth: number,
  { answer, expected, draft }: RequestSource,
  response: string,
  { used, graphql }: Beside,
): string[] {
  const { noun, status, marker, errors, more = [] } = expected
  const checks = new Map<string, [string, Node][]>()
  const add = (of: string, name: string, test: Node): void => {
    checks.set(of, [...(checks.get(of) ?? []), [name, test]])
  }
  if (status !== undefined) {
    used.add('status')
    add(response, quoted(`${noun} answers ${status}`), raw(`status(${status})`))
  }
  if (errors !== undefined) {
    const { have, some, none } = errorsIn(draft)
    const test = errors ? some : none
    if (test === NO_ERRORS) graphql.add('noErrors')
    add(answer, quoted(`${noun} ${have} ${errors ? '' : 'no '}errors`), raw(test))
  }
  if (marker !== undefined) {
    const [name, given] = 'key' in marker ? ['has', marker.key] : ['contains', marker.text]
    used.add(name)
    add(response, quoted(`${noun} ${marker.name}`), call(name, raw(quoted(given))))
  }
  for (const { name, test, uses } of more) {
    if (uses !== undefined) used.add(uses)
    add(response, keyText(name), raw(test))
  }
  if (checks.size > 0) used.add('ensure')
  return [...checks].map(([of, fields]) => statement(depth, '', call('ensure', raw(of), object(fields))))
}

const NO_ERRORS = 'noErrors()'

/** Whether answers of GraphQL have errors, by how they are known. */
function errorsIn(draft: Draft): { have: string; some: string; none: string } {
  if (operationOf(draft)) return { have: 'has', some: '({ errors }) => errors.length > 0', none: NO_ERRORS }
  const isBatch = draft.payload?.type === 'batch'
  if (operationsOf(draft))
    return {
      have: 'have',
      some: '(answers) => answers.some(({ errors }) => errors.length > 0)',
      none: '(answers) => answers.every(({ errors }) => errors.length === 0)',
    }
  const first = `response.json('${isBatch ? '#(errors.0)' : 'errors.0'}')`
  return {
    have: isBatch ? 'have' : 'has',
    some: `(response) => ${first} !== undefined`,
    none: `(response) => ${first} === undefined`,
  }
}
