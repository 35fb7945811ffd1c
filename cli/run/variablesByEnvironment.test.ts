import { expect, test } from 'vitest'
import { byEnvironment } from './variablesByEnvironment.ts'

test('variables of the script are no arguments; the last of a name holds', () => {
  const args = ['run', '-e', 'A=1', '--tag', 'x=-e', '--env=B=p=q', '-qeC=', '-e', 'A=two words', 'suite.js']
  expect(byEnvironment(args)).toEqual({
    args: ['run', '--tag', 'x=-e', '-q', 'suite.js'],
    env: { A: 'two words', B: 'p=q', C: '' },
  })
})

test('what k6 or Go would heed themselves, and what k6 refuses, stays an argument', () => {
  const pairs = ['K6_VUS=9', 'https_proxy=http://p', 'GOMAXPROCS=1', 'PATH=/x', 'TZ=UTC', 'a-b=1', 'ALONE']
  expect(byEnvironment(['run', ...pairs.flatMap((pair) => ['-e', pair]), 's.js'])).toEqual({
    args: ['run', ...pairs.flatMap((pair) => ['-e', pair]), 's.js'],
    env: {},
  })
})
