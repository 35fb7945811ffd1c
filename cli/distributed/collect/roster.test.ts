import { expect, test } from 'vitest'
import { createRoster, type Sign } from './roster.ts'

const [A, B] = [{}, {}]
const sign = (at: number, more: Partial<Sign> = {}): Sign => ({
  id: '1',
  region: undefined,
  at,
  isLive: true,
  until: at,
  isEnd: false,
  load: { from: at, until: at },
  tick: at,
  restarts: 0,
  connection: A,
  ...more,
})

/** What one name is after pushes, each by the connection that is told. */
function after(pushes: readonly (readonly [at: number, connection: object])[]) {
  const roster = createRoster()
  for (const [at, connection] of pushes) roster.see(sign(at, { connection }))
  return roster.members()[0]
}
const seconds = Array.from({ length: 20 }, (_, index) => index * 1000)

test('one k6 by several connections of a proxy is one; two that push in turns are two', () => {
  expect(after(seconds.map((at, index) => [at, index % 2 ? A : B]))?.isDoubled).toBe(false)
  // A busy machine counts its VUs some milliseconds late.
  expect(after(seconds.map((at, index) => [at + ((index * 37) % 90), index % 3 ? A : B]))?.isDoubled).toBe(
    false,
  )
  for (const later of [40, 300, 500, 990])
    expect(
      after(
        seconds.flatMap(
          (at) =>
            [
              [at, A],
              [at + later, B],
            ] as const,
        ),
      )?.isDoubled,
      `${later}`,
    ).toBe(true)
})

test('who was two stays two, and who began anew did, for the collector that comes after', () => {
  const [twice] = [
    after(
      seconds.flatMap(
        (at) =>
          [
            [at, A],
            [at + 300, B],
          ] as const,
      ),
    ),
  ]
  const roster = createRoster([{ ...twice!, restarts: 1 }])
  roster.see(sign(30_000))
  expect(roster.members()).toMatchObject([{ isDoubled: true, restarts: 1, pushes: 41 }])
})

test('when it made load, how often it pushes, and how far its clock is ahead', () => {
  const roster = createRoster()
  roster.see(sign(1000, { load: undefined, until: 900 }))
  roster.see(sign(3000, { load: { from: 2500, until: 2900 }, until: 5400 }))
  roster.see(sign(5000, { load: { from: 4000, until: 4500 }, until: 6000, isEnd: true }))
  expect(roster.members()).toMatchObject([
    {
      first: 1000,
      last: 5000,
      intervalMs: 2000,
      load: { from: 2500, until: 4500 },
      aheadMs: 2400,
      isEnded: true,
      gapMs: 4500,
    },
  ])
})
