import { expect, test } from 'vitest'
import { monitorTest } from './monitorTest.ts'

// A check of 5 s has 1.5 s for all that is not its pass.
test.concurrent.each([5, 15, 30])(
  'where the shop is slow a check ends inside %d s, with metrics',
  async (timeout) => {
    const how = ['--fault', 'latency=/:20000', '--timeout', `${timeout}s`]
    const { code, seen } = await monitorTest(how)
    expect({ code, up: seen.up, killed: seen.killed, exitCode: seen.exitCode }).toEqual({
      code: 99,
      up: false,
      killed: false,
      exitCode: 110,
    })
    expect(seen.series).toBeGreaterThan(10)
    expect(seen.reasons).toEqual([expect.stringMatching(/open home/)])
  },
)
