import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importRecording } from '../importRecording.ts'
import { PLANTED } from './planted.ts'

const scratch = mkdtempSync(join(tmpdir(), 'loadwright-planted-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const target = 'https://shop.example.com'
const har = {
  log: {
    version: '1.2',
    creator: { name: 't', version: '1' },
    entries: PLANTED.map(([name, value], index) => ({
      startedDateTime: `2026-03-01T10:00:${10 + index}.000Z`,
      time: 10,
      _resourceType: 'xhr',
      request: {
        method: 'POST',
        url: `${target}/api/${index}?${new URLSearchParams({ [name]: value }).toString()}`,
        headers: [{ name, value }],
        postData: { mimeType: 'application/json', text: JSON.stringify({ [name]: value }) },
      },
      response: { status: 200, headers: [], content: { mimeType: 'application/json', text: '{"a":1}' } },
    })),
  },
}
const collection = {
  info: { name: 'p', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: PLANTED.map(([key, value]) => ({ key, value })),
  item: PLANTED.map(([key, value], index) => ({
    name: `r${index}`,
    request: {
      method: 'GET',
      header: [{ key, value }],
      url: { raw: `${target}/x`, query: [{ key: 'v', value: `{{${key}}}` }] },
    },
  })),
}
const api = {
  openapi: '3.0.3',
  info: { title: 'T', version: '1' },
  servers: [{ url: target }],
  paths: Object.fromEntries(
    PLANTED.map(([name, value], index) => [
      `/x${index}`,
      {
        get: {
          operationId: `x${index}`,
          parameters: [{ name, in: 'query', required: true, schema: { type: 'string' }, example: value }],
          responses: { 200: { description: 'ok' } },
        },
      },
    ]),
  ),
}
const spec = `import { test } from '@playwright/test'
test('t', async ({ page }) => {
${PLANTED.map(([name, value]) => `  await page.getByLabel('${name}').fill('${value}')`).join('\n')}
})
`

test.each([
  ['a.har', JSON.stringify(har)],
  ['b.postman_collection.json', JSON.stringify(collection)],
  ['c.json', JSON.stringify(api)],
  ['d.spec.ts', spec],
])('%s: none of the planted secrets is written', async (name, text) => {
  const path = join(scratch, name)
  writeFileSync(path, text)
  const made = JSON.stringify(await importRecording(path))
  expect(PLANTED.map(([, value]) => value).filter((value) => made.includes(value))).toEqual([])
})
