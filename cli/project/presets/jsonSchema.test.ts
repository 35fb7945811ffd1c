import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { presetSchema } from './jsonSchema.ts'
import { readNode } from './readNode.ts'
import { PRESET } from './table.ts'
import { yamlSource } from './yamlSource.ts'

// The validator that eslint has: draft 7.
const require = createRequire(createRequire(import.meta.url).resolve('eslint'))
const Ajv = require('ajv') as new (options: object) => {
  compile: (schema: object) => (value: unknown) => boolean
}
const takes = new Ajv({ schemaId: 'auto', meta: true }).compile(presetSchema())

/** Presets, of which the first half has no problem of shape. */
const WELL = [
  'requests: [{ path: / }]',
  'target: http://127.0.0.1:1\nprofile: load\nduration: 1m30s\nload: { rate: 0.5 }\nrequests: [{ path: /, weight: 2 }]',
  'requests: [{ path: /, headers: { a: 1, b: true }, form: { c: [x, y] }, checks: { status: [200, 404], contains: 404, header: { a: b } } }]',
  'requests: [{ path: /, method: POST, body: { a: [1, null] } }]\nthink: [1s, 3s]',
  'requests: [{ graphql: { query: "{ a }", variables: { id: 1 } } }]',
  'suite: a.ts\njourneys: [browse, { buy: 2 }]\nthresholds: { checks: rate>0.9, vus: [value<1, { threshold: value<2, abortOnFail: true }] }',
  'regions: [a, b]\nlimits: { vus: 1, browserVUs: 2 }\ntolerances: [{ metric: a, limit: +10%, owner: b }]',
  'regions: { a: 60, b: 40 }',
  'load: { rate: 6, pattern: [{ times: 0.7, share: 0.9 }, { times: 3.7, share: 0.1 }] }',
]
const WRONG = [
  'profil: load',
  'profile: laod',
  'name: a b',
  'target: ftp://a',
  'duration: 60',
  'duration: soon',
  'load: { vus: 1.5 }',
  'load: { rate: 0 }',
  'load: 5',
  'load: { rate: 1, pattern: [{ times: 1, share: 2 }] }',
  'load: { rate: 1, pattern: [{ times: 1 }] }',
  'requests: []',
  'requests: 7',
  'requests: [{ graphql: { variables: { a: 1 } } }]',
  'requests: [{ path: cart }]',
  'requests: [{ path: /, method: get }]',
  'requests: [{ path: /, checks: { status: 700 } }]',
  'requests: [{ path: /, headers: {} }]',
  'thresholds: { checks: [{ threshold: rate>0.9, abortOnFail: yes }] }',
  'regions: { a: 101 }',
  'tolerances: [{ metric: a }]',
]

test.each([...WELL.map((text) => [text, true] as const), ...WRONG.map((text) => [text, false] as const)])(
  'the schema says of %j what the reader says: %j',
  (text, isWell) => {
    expect(readNode(yamlSource(text, 'a.yaml'), PRESET).problems.length === 0).toBe(isWell)
    expect(takes(parse(text))).toBe(isWell)
  },
)
