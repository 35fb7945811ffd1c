import { quoted } from '../../../project/index.ts'
import type { Part, Payload } from '../../traffic/payload.ts'
import { call, list, object, raw, type Node } from '../node.ts'
import { fieldsOf } from './path.ts'
import { fieldNode, textNode } from './value.ts'

/** Whether a form in parts is one that k6's own cannot be: without a file those are urlencoded, and a list in them is one text. */
export const isOwnParts = (payload: Payload | undefined): boolean =>
  payload?.type === 'multipart' && (!hasFiles(payload) || hasLists(payload.fields))

export const hasFiles = ({ fields }: Payload & { type: 'multipart' }): boolean =>
  fields.some(({ file }) => file !== undefined)

const hasLists = (fields: readonly Part[]): boolean => byName(fields).length < fields.length

/** The fields of each name, in their order. */
function byName(fields: readonly Part[]): Part[][] {
  const named = new Map<string, Part[]>()
  for (const part of fields) {
    const key = JSON.stringify(part.name)
    named.set(key, [...(named.get(key) ?? []), part])
  }
  return [...named.values()]
}

/** A form with its files as k6 takes it, or as `inParts` does, which takes lists. */
export const filesNode = (fields: readonly Part[]): Node =>
  object(
    byName(fields).flatMap((parts): [string, Node][] => {
      const named = parts.map((part) => partNode(part, parts.length === 1))
      const [first] = named
      if (first === undefined) return []
      return named.length === 1 ? [first] : [[first[0], list(named.map(([, node]) => node))]]
    }),
  )

/** A file has its bytes in the source where they are text. */
function partNode({ name, value, file, type }: Part, isAlone: boolean): [string, Node] {
  const [key, own] = fieldNode((isAlone ? fieldsOf([[name, value]])[0] : undefined) ?? [name, value])
  if (file === undefined) return [key, own]
  const given = [textNode(value), raw(quoted(file)), ...(type === undefined ? [] : [raw(quoted(type))])]
  return [key, call('http.file', ...given)]
}

/** What stands between parts, and the type that says so. */
const BOUNDARY_LINES = `const BOUNDARY = 'loadwright-form'
const PARTS_TYPE = \`multipart/form-data; boundary=\${BOUNDARY}\``

/** The function that writes a form without files, and its type. */
export const IN_PARTS = `/** A form in parts without a file: k6 would send it urlencoded. */
const inParts = (form: Readonly<Record<string, string | number | boolean | readonly string[]>>): string => {
  const fields = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => ({ name, one })))
  const parts = fields.map(
    ({ name, one }) => \`--\${BOUNDARY}\\r\\nContent-Disposition: form-data; name="\${name}"\\r\\n\\r\\n\${one}\\r\\n\`,
  )
  return \`\${parts.join('')}--\${BOUNDARY}--\\r\\n\`
}
${BOUNDARY_LINES}`

/** The same of a form that may have files. */
export const IN_FILE_PARTS = `type FormPart = string | number | boolean | FileData

/** A form in parts with several values of one name, which k6's own forms cannot have. */
const inParts = (form: Readonly<Record<string, FormPart | readonly FormPart[]>>): ArrayBuffer => {
  const fields = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => ({ name, one })))
  const parts = fields.flatMap(({ name, one }) => {
    const {
      data,
      filename,
      content_type: type,
    }: FileData = typeof one === 'object' ? one : { data: String(one) }
    const file = filename === undefined ? '' : \`; filename="\${filename}"\\r\\nContent-Type: \${type}\`
    const head = \`--\${BOUNDARY}\\r\\nContent-Disposition: form-data; name="\${name}"\${file}\\r\\n\\r\\n\`
    return [utf8(head), typeof data === 'string' ? utf8(data) : [...new Uint8Array(data)], utf8('\\r\\n')]
  })
  return new Uint8Array([...parts, utf8(\`--\${BOUNDARY}--\\r\\n\`)].flat()).buffer
}
const utf8 = (text: string): number[] =>
  (encodeURIComponent(text).match(/%..|./g) ?? []).map((one) =>
    one.length === 1 ? one.charCodeAt(0) : Number(\`0x\${one.slice(1)}\`),
  )
${BOUNDARY_LINES}`
