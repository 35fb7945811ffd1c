import { expect, onTestFinished, test, vi } from 'vitest'
import { elapsedText, progressTo, ticking } from './progress.ts'

test('a terminal gets one line that updates, anything else whole lines', () => {
  const draw = (isTTY: boolean) => {
    let text = ''
    const { progress } = progressTo({ isTTY, write: (part) => (text += part) })
    progress('building', 'said')
    progress('building … 1 s', 'tick')
    progress('building … 2 s', 'tick')
    progress('built', 'said')
    progress('bye', 'said')
    return text.replaceAll('\r\u001b[2K', '<')
  }
  expect(draw(true)).toBe('building\nbuilding … 1 s<building … 2 s<built\nbye\n')
  expect(draw(false)).toBe('building\nbuilding … 1 s\nbuilding … 2 s\nbuilt\nbye\n')
})

test('ticks while the work lasts, not after', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const lines: string[] = []
  const reporting = { progress: (line: string) => lines.push(line), tickEvery: 1000 }
  const work = ticking(
    reporting,
    'work',
    () => new Promise((resolve) => setTimeout(() => resolve('value'), 2500)),
  )
  await vi.advanceTimersByTimeAsync(2500)
  expect(await work).toBe('value')
  expect(lines).toEqual(['work … 1 s', 'work … 2 s'])
  await vi.advanceTimersByTimeAsync(5000)
  expect(lines).toHaveLength(2)
})

test('time is said in words', () => {
  expect([0, 45_400, 59_600, 60_000, 150_000].map(elapsedText)).toEqual([
    '0 s',
    '45 s',
    '1 min 0 s',
    '1 min 0 s',
    '2 min 30 s',
  ])
})
