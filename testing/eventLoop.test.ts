import { expect, test, vi } from 'vitest'
import { createCore } from './core.ts'
import { untilDone } from './eventLoop.ts'

test('a promise that nobody settles ends the iteration with a warning', async () => {
  const core = createCore(globalThis, () => undefined, 0)
  const pause = vi.fn(() => Promise.resolve())
  expect(await untilDone(core, () => new Promise(() => undefined), pause)).toBeUndefined()
  expect(core.seen.warnings).toEqual(['the iteration ended although its promise was never settled'])
  expect(pause.mock.calls.length).toBeGreaterThan(100)
})
