import { expect, test } from 'vitest'
import { interruptedIn } from './execute.ts'

test('k6’s progress tells how many iterations it interrupted: the last line counts', () => {
  const line = (vus: number, interrupted: number): string =>
    `\nrunning (04.0s), ${vus}/2 VUs, 9 complete and ${interrupted} interrupted iterations\na   [ 100% ] 2 VUs  2s\n`
  expect(interruptedIn(line(1, 0) + line(0, 1))).toBe(1)
  expect(interruptedIn('a plain line')).toBeUndefined()
})
