import { expect, onTestFinished, test, vi } from 'vitest'
import { machine } from '../../test/doubles/machine.ts'
import { interruptedIn, runK6 } from './execute.ts'

test('k6’s progress tells how many iterations it interrupted: the last line counts', () => {
  const line = (vus: number, interrupted: number): string =>
    `\nrunning (04.0s), ${vus}/2 VUs, 9 complete and ${interrupted} interrupted iterations\na   [ 100% ] 2 VUs  2s\n`
  expect(interruptedIn(line(1, 0) + line(0, 1))).toBe(1)
  expect(interruptedIn('a plain line')).toBeUndefined()
})

test('a line of k6’s progress that comes in two parts is one, however much was said before', async () => {
  const on = machine()
  onTestFinished(() => on.remove())
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  onTestFinished(() => write.mockRestore())
  const path = on.script(
    'k6',
    `printf '%0100000d running (04.0s), 0/2 VUs, 9 complete and 3 inter' 0; /bin/sleep 0.1; echo 'rupted iterations'`,
  )
  const engine = { path, version: 'v2.2.0', source: 'PATH' as const, notes: [] }
  expect(await runK6(engine, [], on.env)).toEqual({
    code: 0,
    interrupted: false,
    interruptedIterations: 3,
  })
})
