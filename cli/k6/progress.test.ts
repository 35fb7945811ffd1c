import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { elapsed, progressTo, ticking } from './progress.ts'

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
  const lines: string[] = []
  const reporting = { progress: (line: string) => lines.push(line), tickEvery: 10 }
  expect(await ticking(reporting, 'work', () => setTimeout(100, 'value'))).toBe('value')
  const during = lines.length
  expect(lines[0]).toBe('work … 0 s')
  await setTimeout(50)
  expect(lines).toHaveLength(during)
})

test('time is said in words', () => {
  expect([0, 45_400, 59_600, 60_000, 150_000].map(elapsed)).toEqual([
    '0 s',
    '45 s',
    '1 min 0 s',
    '1 min 0 s',
    '2 min 30 s',
  ])
})
