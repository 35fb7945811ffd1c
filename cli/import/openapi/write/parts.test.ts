import { transform } from 'esbuild'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { importRecording } from '../../importRecording.ts'

test('a form in parts is sent in parts, with a file or without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-parts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const post = (operationId: string, schema: object): object => ({
    post: {
      operationId,
      requestBody: { content: { 'multipart/form-data': { schema } } },
      responses: { 200: { description: 'ok' } },
    },
  })
  const fields = { title: { type: 'string' }, size: { type: 'integer' }, isOpen: { type: 'boolean' } }
  const tags = { tags: { type: 'array', items: { type: 'string' } } }
  const photo = { type: 'string', format: 'binary' }
  const paths = {
    '/plain': post('plain', { type: 'object', properties: { ...fields, ...tags } }),
    '/any': post('any', { type: 'object' }),
    '/file': post('file', { type: 'object', properties: { ...fields, photo } }),
    '/files': post('files', {
      type: 'object',
      properties: { size: { type: 'integer' }, photos: { type: 'array', items: photo } },
    }),
    '/': { get: { responses: { 200: { description: 'ok' } } } },
  }
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }
  writeFileSync(join(folder, 'api.json'), JSON.stringify(document))
  const [module] = (await importRecording(join(folder, 'api.json'))).files
  const text = module?.text ?? ''
  expect(text.match(/^ +(?:form|body|headers): .*\n/gm)?.join('')).toMatchInlineSnapshot(`
    "  body: {
        body: inParts(
        headers: { 'Content-Type': PARTS_TYPE },
      body: { [key: string]: Plain }
        body: inParts(present(given.body)),
        headers: { 'Content-Type': PARTS_TYPE },
      body: {
        form: present({
      body: {
        body: inParts(present({ size: given.body.size, photos: given.body.photos })),
        headers: { 'Content-Type': PARTS_TYPE },
    "
  `)
  expect(text).toContain('inParts(present({ size: given.body.size, photos: given.body.photos }))')
  expect(text).toContain('photos?: FileData[]')
  expect(text.match(/^const (?:inParts|BOUNDARY|PARTS_TYPE)\b/gm)).toHaveLength(3)
  await expect(transform(text, { loader: 'ts' })).resolves.toBeDefined()
})
