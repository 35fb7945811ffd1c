import { keyText } from '../../../project/index.ts'
import { call, object, raw, type Node } from '../../write/node.ts'
import type { Plan, Planned, PlannedBody } from '../plan.ts'
import { fieldsOf, shapeOf } from '../types/shape.ts'
import type { FieldType } from '../types/type.ts'
import type { Helper } from './helpers.ts'
import { jsonText, memberOf } from './values.ts'

/** The fields of a request's options that say what it carries. */
export function bodyFields({ body }: Planned, plan: Plan, used: Set<Helper>): [string, Node][] {
  if (body === undefined) return []
  if (body.kind === 'json') return [['json', raw('given.body')]]
  if (body.kind === 'text') return [['body', raw('given.body')]]
  used.add('present')
  const fields = fieldsOf(body.sent, plan.named)
  if (fields.length === 0) used.add('Plain')
  const given =
    fields.length === 0
      ? raw('given.body')
      : object(fields.map((field) => [keyText(field.name), raw(formValue(field, plan))]))
  const form = call('present', given)
  if (!isPlainParts(body, plan)) return [['form', form]]
  used.add('inParts')
  return [['body', call('inParts', form)]]
}

/** Whether a body is sent in parts though it has no file: k6 would send such a form urlencoded. */
export const isPlainParts = ({ kind, sent }: PlannedBody, { named }: Pick<Plan, 'named'>): boolean =>
  kind === 'multipart' &&
  fieldsOf(sent, named).every(({ type }) => type.kind !== 'raw' || type.text !== 'FileData')

/** A field of a form: what is neither a plain value nor a list of texts is sent as JSON. */
function formValue({ name, type, optional }: FieldType, { named }: Plan): string {
  const value = `given.body${memberOf(name)}`
  const shape = shapeOf(type, named)
  if (shape === 'plain') return value
  if (shape === 'list') return `${value}${optional ? '?' : ''}.map(String)`
  return jsonText(value, !optional)
}
