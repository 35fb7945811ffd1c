import { sleep } from 'k6'
import { expect, test } from 'vitest'
import { samples } from '../test/recorded.ts'
import { rehearse } from '../testing/index.ts'
import { span } from './span.ts'

const error = new Error('boo')
const later = <T>(settle: () => T) =>
  new Promise<void>((resolve) => setTimeout(resolve, 30)).then(() => settle())
const broken = (): never => {
  throw error
}

test.each<[string, () => unknown]>([
  ['a value', () => (sleep(0.03), 'done')],
  ['a promise', () => later(() => 'done')],
])('measures a block and gives back %s', async (_, body) => {
  const seen = await rehearse(() => span('price', body))
  expect(seen.returned).toEqual(['done'])
  expect(samples(seen, 'span_duration')).toMatchObject([{ value: 30, tags: { span: 'price' } }])
})

test.each<[string, () => unknown]>([
  ['throws', () => (sleep(0.03), broken())],
  ['rejects', () => later(broken)],
])('measures a block that %s, and throws on', async (_, body) => {
  const seen = await rehearse(() => span('price', body), { onError: 'record' })
  expect(seen.errors).toEqual([error])
  expect(samples(seen, 'span_duration').map(({ value }) => value)).toEqual([30])
})
