import { expect, test } from 'vitest'
import { events, total, values } from '../test/recorded.ts'
import { rehearse, type Recording } from '../testing/index.ts'
import { check, ensure } from './check.ts'
import { errorNamed } from './errors.ts'
import type { Checks } from './predicates.ts'

const isText = Object.assign((value: unknown) => typeof value === 'string', {
  expected: 'a text',
  got: (value: unknown) => typeof value,
})
const boom = (): never => {
  throw new RangeError('boom')
}

/** k6's own count of checks beside the library's two counters. */
function counted(seen: Recording) {
  const own = values(seen, 'checks')
  return {
    k6: [own.filter((held) => held === 1).length, own.filter((held) => held === 0).length],
    ours: [total(seen, 'checks_succeeded'), total(seen, 'checks_failed')],
  }
}

test.each<[string, Checks<number>, number[]]>([
  ['all hold', { a: () => true, b: () => true }, [2, 0]],
  ['some hold', { a: () => true, b: isText, c: () => true }, [2, 1]],
  ['none holds', { a: isText, b: () => false }, [0, 2]],
  ['there are none', {}, [0, 0]],
  ['one throws after others', { a: () => true, b: isText, c: boom, d: () => true }, [1, 2]],
])('its counters are k6’s own, where %s', async (_, checks, expected) => {
  const seen = await rehearse(() => check(5, checks), { onError: 'record' })
  expect(counted(seen)).toEqual({ k6: expected, ours: expected })
})

test('says whether all held', async () => {
  const seen = await rehearse(() => [
    check('x', { text: isText }),
    check(5, { text: isText, any: () => true }),
  ])
  expect(seen.returned).toEqual([[true, false]])
})

test('reports what was expected and what came, at most 200 characters of it', async () => {
  const long = Object.assign(() => false, { expected: 'little', got: () => 'x'.repeat(1000) })
  const seen = await rehearse(() => {
    check({ status: 503 }, { text: isText, long, plain: () => false })
  })
  expect(events(seen)).toEqual([
    expect.objectContaining({
      kind: 'check',
      what: 'text',
      expected: 'a text',
      got: 'object',
      status: 503,
    }),
    expect.objectContaining({ what: 'long', got: 'x'.repeat(200) }),
    expect.not.objectContaining({ expected: expect.anything() as unknown }),
  ])
})

test('throws what a predicate throws', async () => {
  await expect(rehearse(() => check(1, { boom }))).rejects.toThrow(new RangeError('boom'))
})

test('ensure throws Abandoned with the names of those that did not hold', async () => {
  const seen = await rehearse(() => ensure('x', { text: isText }))
  expect(seen.checks).toHaveLength(1)
  const failing = rehearse(() =>
    ensure<number>(5, { text: isText, fine: () => true, small: (value) => value < 5 }),
  )
  await expect(failing).rejects.toThrow(errorNamed('text, small', 'Abandoned'))
})

test('tags are those of k6’s own samples', async () => {
  const seen = await rehearse(() => check(5, { any: () => true, none: () => false }, { kind: 'page' }))
  const own = seen.samples.filter(({ metric }) => metric === 'checks')
  expect(own.map(({ tags }) => [tags.check, tags.kind])).toEqual([
    ['any', 'page'],
    ['none', 'page'],
  ])
})
