import { expect, test } from 'vitest'
import { decided, only, rule, told } from './rule.ts'

interface Seen {
  dropped: number
  names: string[]
}
const DROPPED = rule({
  code: 'dropped',
  about: 'some were dropped',
  effect: 'invalid',
  when: ({ dropped }: Seen) => (dropped > 0 ? [{ dropped, cause: undefined }] : []),
  say: ({ dropped }) => `${dropped} were dropped`,
})
const NAMED = rule({
  code: 'named',
  about: 'there are names',
  effect: 'fail',
  when: ({ names }: Seen) => (names.length > 0 ? [{ names }] : []),
  say: ({ names }) => `${names.length} names`,
})
const NOTED = rule({
  code: 'noted',
  about: '',
  effect: 'note',
  when: ({ names }: Seen) => names.map(() => ({})),
  say: () => 'a note',
})

test('a finding is a reason with its figures, bounded, without what is not known', () => {
  const names = Array.from({ length: 20 }, () => 'x'.repeat(2000))
  const [dropped, named] = told([DROPPED, NAMED], { dropped: 2, names })
  expect(dropped).toEqual({ code: 'dropped', text: '2 were dropped', data: { dropped: 2 } })
  expect(named?.text).toBe('20 names')
  expect(JSON.stringify(named?.data).length).toBeLessThan(6000)
})

test('the first stage that finds something decides, and tells what stands beside it', () => {
  const stages = [{ decide: [NOTED] }, { decide: [DROPPED], tell: [NAMED, DROPPED] }, { decide: [NAMED] }]
  const codes = (seen: Seen) => {
    const { verdict, exitCode, reasons } = decided(stages, seen) ?? { reasons: [] }
    return [verdict, exitCode, ...reasons.map(({ code }) => code)]
  }
  expect(codes({ dropped: 1, names: ['a'] })).toEqual(['invalid', 96, 'named', 'dropped'])
  expect(codes({ dropped: 0, names: ['a'] })).toEqual(['fail', 99, 'named'])
  expect(decided(stages, { dropped: 0, names: [] })).toBeUndefined()
})

test('a rule may be read only where something else holds', () => {
  const seen = { dropped: 1, names: [] }
  expect(told([only(DROPPED, ({ names }) => names.length > 0)], seen)).toEqual([])
  expect(told([only(DROPPED, ({ names }) => names.length === 0)], seen)).toHaveLength(1)
})
