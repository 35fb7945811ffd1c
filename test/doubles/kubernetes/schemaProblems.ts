import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A schema of Kubernetes' structural kind, as far as it is looked at. */
interface Schema {
  type?: string
  enum?: unknown[]
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-preserve-unknown-fields'?: boolean
}

/** The schema of a TestRun's `spec`, of k6-operator e2c9571 without descriptions (Apache-2.0). */
const SPEC = JSON.parse(readFileSync(join(import.meta.dirname, 'testRunSpec.json'), 'utf8')) as Schema

/** What an API server that is strict would refuse of a TestRun's spec. */
export const specProblems = (spec: unknown): string[] => problems(spec, SPEC, 'spec')

function problems(value: unknown, schema: Schema, at: string): string[] {
  if (schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields']) return []
  const type = typeOf(value)
  if (schema.type !== undefined && schema.type !== type && !(schema.type === 'number' && type === 'integer'))
    return [`${at}: ${type} is not ${schema.type}`]
  const found = schema.enum && !schema.enum.includes(value) ? [`${at}: ${JSON.stringify(value)}`] : []
  if (Array.isArray(value))
    return [...found, ...value.flatMap((one, index) => problems(one, schema.items ?? {}, `${at}[${index}]`))]
  if (type !== 'object') return found
  const fields = value as Record<string, unknown>
  const missing = (schema.required ?? [])
    .filter((key) => !(key in fields))
    .map((key) => `${at}.${key} is missing`)
  const { properties, additionalProperties: others } = schema
  return [
    ...found,
    ...missing,
    ...Object.entries(fields).flatMap(([key, one]) => {
      const known = properties?.[key] ?? (typeof others === 'object' ? others : undefined)
      if (known) return problems(one, known, `${at}.${key}`)
      return properties && others !== true ? [`${at}.${key} is unknown`] : []
    }),
  ]
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (value === null) return 'null'
  return Number.isInteger(value) ? 'integer' : typeof value
}
