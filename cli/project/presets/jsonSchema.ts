import type { Shape } from './shape.ts'
import { PRESET } from './table.ts'

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** The JSON Schema of presets (draft 7, which editors know), made of the table by which they are read. */
export const presetSchema = (): JsonSchema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'loadwright preset',
  ...schemaOf(PRESET),
})

function schemaOf(shape: Shape): JsonSchema {
  const about = shape.about === undefined ? {} : { description: shape.about }
  switch (shape.kind) {
    case 'text': {
      const { words, pattern, holds } = shape
      if (words) return { ...about, enum: words }
      // What is free is taken as it is written: 404, true.
      const type = pattern === undefined && holds === undefined ? ['string', 'number', 'boolean'] : 'string'
      return { ...about, type, ...(pattern === undefined ? {} : { pattern }) }
    }
    case 'number':
      return {
        ...about,
        type: shape.whole ? 'integer' : 'number',
        exclusiveMinimum: 0,
        ...(shape.most === undefined ? {} : { maximum: shape.most }),
      }
    case 'boolean':
      return { ...about, type: 'boolean' }
    case 'list':
      return { ...about, type: 'array', minItems: 1, items: schemaOf(shape.of) }
    case 'map':
      return { ...about, type: 'object', minProperties: 1, additionalProperties: schemaOf(shape.of) }
    case 'object':
      return {
        ...about,
        type: 'object',
        additionalProperties: false,
        ...((shape.needed ?? []).length > 0 ? { required: shape.needed } : {}),
        properties: Object.fromEntries(Object.entries(shape.keys).map(([key, one]) => [key, schemaOf(one)])),
      }
    case 'either':
      return { ...about, anyOf: shape.of.map(schemaOf) }
    case 'json':
      return about
  }
}
