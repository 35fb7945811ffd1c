import { keyText } from '../../../project/index.ts'
import { call, object, raw, type Node } from '../../write/node.ts'
import type { Plan, Planned, PlannedBody } from '../plan.ts'
import { fieldsOf, shapeOf } from '../types/shape.ts'
import type { FieldType, Type } from '../types/type.ts'
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
  if (!isOwnParts(body, plan)) return [['form', form]]
  used.add(fields.some(hasFiles) ? 'inFileParts' : 'inParts')
  return [['body', call('inParts', form)]]
}

/** Whether a form in parts is one that k6's own cannot be: without a file those are urlencoded, and a list in them is one text. */
export function isOwnParts({ kind, sent }: PlannedBody, { named }: Pick<Plan, 'named'>): boolean {
  const fields = fieldsOf(sent, named)
  const hasLists = fields.some(({ type }) => shapeOf(type, named) === 'list')
  return kind === 'multipart' && (hasLists || !fields.some(hasFiles))
}

const hasFiles = ({ type }: FieldType): boolean => isFile(type) || (type.kind === 'array' && isFile(type.of))
const isFile = (type: Type): boolean => type.kind === 'raw' && type.text === 'FileData'

/** A field of a form: what is neither a plain value nor a list of texts is sent as JSON. */
function formValue({ name, type, optional }: FieldType, { named }: Plan): string {
  const value = `given.body${memberOf(name)}`
  const shape = shapeOf(type, named)
  if (shape === 'plain' || hasFiles({ name, type, optional })) return value
  if (shape === 'list') return `${value}${optional ? '?' : ''}.map(String)`
  return jsonText(value, !optional)
}
