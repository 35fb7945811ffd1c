import { keyText, WIDTH } from '../../../project/index.ts'
import type { Declaration, FieldType, Type } from './type.ts'

const pad = (depth: number): string => '  '.repeat(depth)

/** A type on one line; undefined where it has an object, whose fields have a line each. */
export function flatType(type: Type): string | undefined {
  switch (type.kind) {
    case 'raw':
      return type.text
    case 'object':
      return type.fields.length === 0 && type.index !== undefined ? indexText(type.index) : undefined
    case 'array': {
      const of = flatType(type.of)
      return of && (type.of.kind === 'union' || type.of.kind === 'both' ? `(${of})[]` : `${of}[]`)
    }
    case 'union':
    case 'both': {
      const of = type.of.map((one) => {
        const text = flatType(one)
        return one.kind === 'both' && text !== undefined ? `(${text})` : text
      })
      return of.includes(undefined) ? undefined : of.join(type.kind === 'union' ? ' | ' : ' & ')
    }
  }
}

const indexText = (type: Type): string | undefined => {
  const text = flatType(type)
  return text && `{ [key: string]: ${text} }`
}

/** A type at its depth. */
export function typeText(type: Type, depth: number): string {
  const flat = flatType(type)
  if (flat !== undefined) return flat
  switch (type.kind) {
    case 'raw':
      return type.text
    case 'object':
      return fieldsText(type.fields, type.index, depth)
    case 'array':
      return `${typeText(type.of, depth)}[]`
    case 'union':
      return type.of.map((one) => typeText(one, depth)).join(' | ')
    case 'both':
      return bothText(type.of, depth)
  }
}

/** Types at once: the fields of an object follow a name on its line, and further names have lines of their own. */
function bothText(types: readonly Type[], depth: number): string {
  const inner = types.length > 2 ? depth + 1 : depth
  return types
    .map((one, index) => {
      const divider = index === 0 ? '' : one.kind === 'object' ? ' & ' : ` &\n${pad(depth + 1)}`
      return divider + typeText(one, inner)
    })
    .join('')
}

function fieldsText(fields: readonly FieldType[], index: Type | undefined, depth: number): string {
  const lines = [
    ...fields.map(
      ({ name, type, optional }) => `${keyText(name)}${optional ? '?' : ''}: ${typeText(type, depth + 1)}`,
    ),
    ...(index === undefined ? [] : [`[key: string]: ${typeText(index, depth + 1)}`]),
  ]
  return `{\n${lines.map((line) => `${pad(depth + 1)}${line}\n`).join('')}${pad(depth)}}`
}

/** A text as a comment on one line. */
export const commentText = (text: string): string => {
  const line = text
    .replace(/\*\//g, '* /')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return `/** ${line.length > WIDTH - 10 ? `${line.slice(0, WIDTH - 11).trim()}…` : line} */`
}

/** A type with its name, for whoever imports it. */
export function declarationText({ name, about, type }: Declaration): string {
  const comment = about === undefined ? '' : `${commentText(about)}\n`
  if (type.kind === 'object' && flatType(type) === undefined)
    return `${comment}export interface ${name} ${typeText(type, 0)}`
  const flat = flatType(type)
  const whole = `export type ${name} = ${typeText(type, 0)}`
  const head = `${comment}export type ${name} =`
  if (flat === undefined || whole.length <= WIDTH) return comment + whole
  if (type.kind === 'both') return `${head} ${bothText(type.of, 0)}`
  if (type.kind !== 'union') return comment + whole
  const lines = type.of.map((one) => `  | ${flatType(one) ?? ''}`)
  return flat.length + 2 <= WIDTH ? `${head}\n  ${flat}` : `${head}\n${lines.join('\n')}`
}
