import { expect, test } from 'vitest'
import { isLoopback } from '../../../config/url.ts'
import { addressOf } from './address.ts'
import { createNews } from './news.ts'
import type { Member } from './roster.ts'
import { standingOf } from './standing.ts'

const member = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  region: undefined,
  first: 1000,
  last: 2000,
  pushes: 2,
  isEnded: true,
  restarts: 0,
  isDoubled: false,
  aheadMs: 0,
  load: { from: 0, until: 60_000 },
  intervalMs: 1000,
  until: 60_000,
  gapMs: 1100,
  ...more,
})
const waiting = { expect: 2, waitMs: 60_000, silenceMs: 30_000, lasts: 60, since: 0 }
const lostIn = (...given: Parameters<typeof standingOf>) =>
  standingOf(...given).instances.flatMap(({ id, end: { lost } }) => (lost === undefined ? [] : [[id, lost]]))

test('a run is over when all that are expected came to their end', () => {
  const both = [member('1'), member('2')]
  expect(standingOf(both, waiting, 3000)).toMatchObject({ isOver: true, isWhole: true })
  expect(standingOf(both.slice(1), waiting, 3000)).toMatchObject({ isOver: false, isWhole: false })
  expect(standingOf([], waiting, 59_000)).toMatchObject({
    isOver: false,
    isWhole: false,
    instances: [{}, {}],
  })
  // Nobody came at all.
  expect(standingOf([], waiting, 60_000)).toMatchObject({ isOver: true, isWhole: false })
  // Where nobody said how many, a Ctrl-C tells the end.
  expect(standingOf(both, { ...waiting, expect: undefined }, 1e9)).toMatchObject({
    isOver: false,
    isWhole: true,
  })
})

test('who never came and who fell silent are lost, by name, once they were waited for', () => {
  const one = [member('2')]
  expect(standingOf(one, waiting, 60_999).isOver).toBe(false)
  expect(standingOf(one, waiting, 61_000).isOver).toBe(true)
  expect(lostIn(one, waiting, 61_000)).toEqual([['1', 'never came']])
  const quiet = [member('1'), member('2', { isEnded: false })]
  expect(standingOf(quiet, waiting, 31_999).isOver).toBe(false)
  expect(lostIn(quiet, waiting, 32_000)).toEqual([['2', 'fell silent: nothing came of it for 30 s']])
  // A collector that was away has heard nobody.
  expect(standingOf(quiet, { ...waiting, since: 20_000 }, 32_000).isOver).toBe(false)
})

test('what an instance tells of its end stands over what it pushed', () => {
  const joined = {
    part: { id: '1', segment: '0:1/2', sequence: '0,1/2,1' },
    session: 'a',
    sha256: '',
    state: 'running' as const,
    k6: { version: '', path: '', command: [] },
    machine: '',
    host: '',
    first: 500,
    last: 2500,
  }
  const both = [member('1'), member('2')]
  // Its stale marker may come before the rest that it has to send.
  expect(standingOf(both, waiting, 3000, { joined: [joined] }).isOver).toBe(false)
  const end = { code: 107, ended: '2026-01-01T00:00:00Z' }
  const over = standingOf(both, waiting, 3000, { joined: [{ ...joined, state: 'ended', end }] })
  expect(over).toMatchObject({
    isOver: true,
    instances: [
      { id: '1', end },
      { id: '2', end: { code: undefined } },
    ],
  })
  // Who is stopped waits for nobody.
  const alone = { joined: [{ ...joined, state: 'ended' as const, end }], isStopping: true }
  expect(standingOf([], waiting, 3000, alone)).toMatchObject({ isOver: true, isWhole: false })
})

test('who was stopped before its end is lost, though it sent its stale markers', () => {
  const made = (seconds: number | undefined, intervalMs: number | undefined = 1000) =>
    lostIn(
      [
        member('1', {
          intervalMs,
          load: seconds === undefined ? undefined : { from: 0, until: seconds * 1000 },
        }),
      ],
      { ...waiting, expect: 1 },
      3000,
    )
  expect(made(6)).toEqual([['1', 'made load for 6 s of the 60 s that are planned']])
  expect(made(undefined)).toEqual([['1', 'made no load']])
  expect([made(57), made(50, 10_000), made(40, 60_000)]).toEqual([[], [], []])
  // Who pushes once alone has not told how long it lasted.
  expect(made(0, 60_000)).toHaveLength(1)
  expect(lostIn([member('1', { load: undefined })], { ...waiting, expect: 1, lasts: 0 }, 3000)).toEqual([])
})

test('of whom nothing came for a while is told, unless it tells its own figures', () => {
  const unheardIn = (more: Partial<Member>) =>
    standingOf([member('1', more)], { ...waiting, expect: 1 }, 3000).instances[0]?.end.unheard
  expect([unheardIn({}), unheardIn({ gapMs: 62_000 })]).toEqual([undefined, 62])
  expect(unheardIn({ gapMs: 62_000, intervalMs: 30_000 })).toBeUndefined()
})

test('who is one more than was expected is named', () => {
  const unsoundIn = (ids: readonly string[]) =>
    standingOf(
      ids.map((id, index) => member(id, { first: 1000 + index })),
      waiting,
      3000,
    ).instances.flatMap(({ id, end: { unsound } }) => (unsound === undefined ? [] : [[id, unsound]]))
  expect(unsoundIn(['3', '1', '2'])).toEqual([['3', 'came, though 2 were expected']])
  expect(unsoundIn(['eu', 'us', 'ap'])).toEqual([['ap', 'came, though 2 were expected']])
  expect(unsoundIn(['eu', 'us'])).toEqual([])
})

test('a name with two k6, or with one that began anew, is told', () => {
  const odd = [member('1', { isDoubled: true, restarts: 4 }), member('2', { restarts: 1 })]
  expect(standingOf(odd, waiting, 3000).instances.map(({ end }) => end.unsound)).toEqual([
    'was pushed by two k6 under one name, so its counts are too high',
    'began anew',
  ])
})

test('what changes is said once', () => {
  const news = createNews(2)
  expect(news([member('1', { isEnded: false })], 0, 3000)).toEqual(['instance 1 pushes (1 of 2)'])
  expect(news([member('1', { isEnded: false })], 0, 4000)).toEqual([])
  expect(news([member('1', { isEnded: false })], 0, 18_000)).toEqual(['instance 1 is silent for 16 s'])
  const back = member('1', { isEnded: false, last: 18_000, restarts: 1 })
  expect(news([back], 0, 18_100)).toEqual(['instance 1 began anew', 'instance 1 pushes again'])
  expect(news([{ ...back, isEnded: true, isDoubled: true }], 0, 18_200)).toEqual([
    'two k6 push as instance 1, in turns: give each its own name',
    'instance 1 came to its end',
  ])
  const [, more] = news([back, member('2'), member('a b')], 0, 19_000).filter((line) =>
    line.includes('pushes ('),
  )
  expect(more).toBe('instance "a b" pushes (3 of 2): one more than expected')
})

test.each([
  ['0.0.0.0:9090', { host: '0.0.0.0', port: 9090 }],
  [':9090', { host: '0.0.0.0', port: 9090 }],
  ['[::1]:0', { host: '::1', port: 0 }],
  ['collector.example:80', { host: 'collector.example', port: 80 }],
  ['9090', { host: '127.0.0.1', port: 9090 }],
])('--listen %s', (text, address) => {
  expect(addressOf(text)).toEqual(address)
})

test('--listen refuses what is no address', () => {
  for (const text of ['', 'localhost', '1.2.3.4:', 'http://x:1', '::1:99999', ':70000'])
    expect(() => addressOf(text)).toThrow(/--listen: got ".*"; allowed: an address with a port/)
  expect(['127.0.0.1', '::1', 'localhost', '0.0.0.0', '10.0.0.1'].map(isLoopback)).toEqual([
    ...[true, true, true],
    ...[false, false],
  ])
})
