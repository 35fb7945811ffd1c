import { quoted, templateText } from '../../../project/index.ts'
import type { Planned, PlannedParameter } from '../plan.ts'

/** The member of an object: `.id`, `['x-id']`. */
export const memberOf = (key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${quoted(key)}]`

const DIVIDERS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

/** A value as JSON, where there is one. */
export const jsonText = (value: string, required: boolean): string =>
  required ? `JSON.stringify(${value})` : `${value} === undefined ? undefined : JSON.stringify(${value})`

/** A parameter's value as source, of a query, a header or a cookie. */
export function parameterValue({
  key,
  json,
  shape,
  style,
  explode,
  required,
  where,
}: PlannedParameter): string {
  const value = `given${memberOf(key)}`
  const optional = required ? '' : '?'
  if (json) return jsonText(value, required)
  if (shape !== 'list' || (where === 'query' && explode)) return value
  return `${value}${optional}.join(${quoted(DIVIDERS[style] ?? ',')})`
}

/** The path of a request as source. */
export function pathText({ path, parameters }: Planned, search: boolean): string {
  const parts = path
    .split(/\{([^{}]+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : { code: placed(part, parameters) }))
  const all = search ? [...parts, { code: 'search' }] : parts
  const texts = all.filter((part) => part !== '')
  return texts.some((part) => typeof part !== 'string') ? templateText(texts) : quoted(path)
}

function placed(name: string, parameters: readonly PlannedParameter[]): string {
  const parameter = parameters.find((one) => one.where === 'path' && one.name === name)
  const value = `given${memberOf(parameter?.key ?? name)}`
  const list = parameter?.shape === 'list'
  const text = list
    ? `${value}.map((one) => encodeURIComponent(one)).join(',')`
    : `encodeURIComponent(${value})`
  if (parameter?.style === 'label') return `'.' + ${text}`
  return parameter?.style === 'matrix' ? `${quoted(`;${name}=`)} + ${text}` : text
}
