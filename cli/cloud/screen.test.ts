import { expect, test } from 'vitest'
import { screenOf } from './screen.ts'

const LINES = [
  ...['     execution: cloud', '', 'Run    [   0% ] Waiting...', '', 'Run    [   0% ] Waiting...', ''],
  ...['Run    [  50% ] 1s/2s', '', 'Run    [ 100% ] Finished', '     test status: Finished'],
]

function shown(isTTY: boolean): string {
  let text = ''
  const stream = { isTTY, write: (part: string) => (text += part) }
  const screen = screenOf(stream, stream)
  for (const [index, line] of LINES.entries()) {
    screen.out(line)
    if (index === 6) screen.err('a log line')
  }
  return text
}

test('a terminal shows progress on one line, and what comes between below it', () => {
  expect(shown(true).replaceAll('\r\u001b[K', '⏎')).toBe(
    '     execution: cloud\n\n⏎Run    [   0% ] Waiting...⏎Run    [   0% ] Waiting...⏎Run    [  50% ] 1s/2s\n' +
      'a log line\n⏎Run    [ 100% ] Finished\n     test status: Finished\n',
  )
})

test('elsewhere progress is a line where it changes', () => {
  expect(shown(false)).toBe(
    '     execution: cloud\n\nRun    [   0% ] Waiting...\nRun    [  50% ] 1s/2s\na log line\n' +
      'Run    [ 100% ] Finished\n     test status: Finished\n',
  )
})
