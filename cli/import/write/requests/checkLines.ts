import { keyText, quoted } from '../../../project/index.ts'
import { statement } from '../layout.ts'
import { call, object, raw, type Node } from '../node.ts'
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
  const isOperation = response !== answer
  if (errors === true) add(answer, quoted(`${noun} has errors`), raw('({ errors }) => errors.length > 0'))
  else if (isOperation) {
    graphql.add('noErrors')
    add(answer, quoted(`${noun} has no errors`), raw('noErrors()'))
  }
  if (status !== undefined) {
    used.add('status')
    add(response, quoted(`${noun} answers ${status}`), raw(`status(${status})`))
  }
  if (draft.payload?.type === 'graphql' && !isOperation)
    add(response, quoted(`${noun} has no errors`), raw('({ body }) => !body.includes(\'"errors":\')'))
  else if (marker !== undefined && !isOperation) {
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
