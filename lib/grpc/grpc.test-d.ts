import { expectTypeOf, test } from 'vitest'
import { check } from '../check.ts'
import { code, grpcClient, ok } from './index.ts'

test('a call’s message is typed by hand, and statuses are known by their names', async () => {
  const shop = grpcClient('127.0.0.1:1', { reflect: true })
  const answer = shop.invoke<{ name: string }>(
    'a.B/C',
    {},
    { name: 'C', timeout: '2s', expect: ['NOT_FOUND'] },
  )
  expectTypeOf(answer.message).toEqualTypeOf<{ name: string }>()
  check(answer, { ok: ok(), none: code('NOT_FOUND') })
  expectTypeOf(await shop.stream('a.B/D', {}, (stream) => stream.rest())).toEqualTypeOf<unknown[]>()
  const prices = await shop.stream<{ usd: number }>('a.B/D', {}, (stream) => stream.rest())
  expectTypeOf(prices).toEqualTypeOf<{ usd: number }[]>()
  const first = await shop.stream<{ usd: number }, number>(
    'a.B/D',
    {},
    async (stream) => (await stream.next())?.usd ?? 0,
  )
  expectTypeOf(first).toEqualTypeOf<number>()
  // @ts-expect-error -- no definitions
  grpcClient('127.0.0.1:1', {})
  // @ts-expect-error -- no status of gRPC
  code('MISSING')
})
