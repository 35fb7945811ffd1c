import type { Payload } from '../../traffic/payload.ts'
import { call, object, type Node } from '../node.ts'
import { fieldsOf } from './path.ts'
import { fieldNode } from './value.ts'

/** Whether a form was sent in parts though it has no file: k6 sends such ones urlencoded. */
export const isPlainParts = (payload: Payload | undefined): boolean =>
  payload?.type === 'multipart' && payload.fields.every(({ file }) => file === undefined)

/** Such a form as a body. */
export const partsNode = ({ fields }: Payload & { type: 'multipart' }): Node => {
  const named = fieldsOf(fields.map(({ name, value }) => [name, value]))
  return call('inParts', object(named.map(fieldNode)))
}

/** The function that writes it, and its type. */
export const IN_PARTS = `/** A form in parts without a file: k6 would send it urlencoded. */
const inParts = (form: Readonly<Record<string, string | number | boolean | readonly string[]>>): string => {
  const fields = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => ({ name, one })))
  const parts = fields.map(
    ({ name, one }) => \`--\${BOUNDARY}\\r\\nContent-Disposition: form-data; name="\${name}"\\r\\n\\r\\n\${one}\\r\\n\`,
  )
  return \`\${parts.join('')}--\${BOUNDARY}--\\r\\n\`
}
const BOUNDARY = 'loadwright-form'
const PARTS_TYPE = \`multipart/form-data; boundary=\${BOUNDARY}\``
