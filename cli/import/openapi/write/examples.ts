import { statement } from '../../write/layout.ts'
import { object, type Node } from '../../write/node.ts'
import type { Plan, Planned, PlannedParameter } from '../plan.ts'
import { conforms } from '../types/conforms.ts'
import type { Type } from '../types/type.ts'
import { withoutSecrets } from './literal.ts'

/** Fields of an example. */
export interface Example {
  fields: [string, unknown][]
}

/** What an operation with a body could be given, as the document says; `odd` where that is not of its types. */
export function exampleOf({ body, parameters }: Planned, plan: Plan): Example | 'odd' | undefined {
  if (body === undefined || body.kind === 'text') return undefined
  const values = [...body.examples.map(({ value }) => value), ...plan.known(body.schema)]
  if (values.length === 0) return undefined
  const value = values.find((one) => conforms(withoutSecrets(one), body.sent, plan.named))
  if (value === undefined) return 'odd'
  const fields: [string, unknown][] = []
  for (const parameter of parameters.filter(({ required }) => required)) {
    const known = knownOf(parameter, plan)
    if (known === undefined) return undefined
    fields.push([parameter.key, known])
  }
  return { fields: [...fields, ['body', value]] }
}

/** The first value that a document gives for a parameter, and that is of its type. */
export const knownOf = ({ name, examples, schema, type }: PlannedParameter, plan: Plan): unknown =>
  [...examples.map(({ value }) => value), ...plan.known(schema)]
    .map((value) => (typeof value === 'string' && isNumber(type, value) ? Number(value) : value))
    .find((value) => conforms(withoutSecrets(value, name), type, plan.named))

const isNumber = (type: Type, value: string): boolean =>
  type.kind === 'raw' && type.text === 'number' && value.trim() !== '' && Number.isFinite(Number(value))

/** An example as a function, which makes it anew each time. */
export const exampleText = ({ id, givenName }: Planned, fields: [string, Node][]): string =>
  [
    `/** An example of what ${id} is given. */`,
    `export function ${id}Example(): ${givenName} {`,
    statement(1, 'return ', object(fields)),
    '}',
  ].join('\n')
