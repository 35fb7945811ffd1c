import { expect, test } from 'vitest'
import { flagsOf, unknownIn, withoutFlag, withValues } from './flags.ts'

const read = (line: string) => flagsOf(line.split(' ')).map(({ name, value }) => [name, value])

test.each(['-u 90', '-u90', '-u=90', '-qu 90', '-qu90', '--vus 90', '--vus=90', 'x.js -u 90 y'])(
  '%s is 90 VUs',
  (line) => {
    expect(read(line)).toContainEqual(['vus', '90'])
  },
)

test('a flag that takes a value takes the next word, whatever it is; another one hides none', () => {
  expect(read('--tag -u --vus -1')).toEqual([
    ['tag', '-u'],
    ['vus', '-1'],
  ])
  expect(read('--unheard-of -u 5 -q -i')).toEqual([
    ['unheard-of', undefined],
    ['vus', '5'],
    ['quiet', undefined],
    ['iterations', ''],
  ])
})

test('after -- there are no flags, and a dash is none', () => {
  expect(read('- -q -- -u 5 --vus')).toEqual([['quiet', undefined]])
})

test('words come back as they were, but for the values that are shown otherwise', () => {
  const args = ['run', '-u', '3', '-ve', 'A=1', '-eB==2', '--env=C=3', '--tag', 't=1', '-', '--', '-e', 'D=4']
  expect(withValues(args, () => undefined)).toEqual(args)
  expect(withValues(args, (name, value) => (name === 'env' ? `<${value}>` : undefined))).toEqual([
    'run',
    '-u',
    '3',
    '-ve',
    '<A=1>',
    '-e<B==2>',
    '--env=<C=3>',
    '--tag',
    't=1',
    '-',
    '--',
    '-e',
    'D=4',
  ])
})

test('a flag is taken out with its value, switches in one word with it stay', () => {
  const args = [
    '-q',
    '--out',
    'json=a',
    '-o',
    'csv=b',
    '-qo',
    'json=c',
    '-ojson=d',
    '-u',
    '5',
    '--out=json=e',
    '--',
    '-o',
  ]
  expect(withoutFlag(args, 'out')).toEqual(['-q', '-q', '-u', '5', '--', '-o'])
})

test('every switch of a word is read, whatever follows it', () => {
  expect(read('-qpl').map(([name]) => name)).toEqual(['paused', 'linger', 'quiet'])
  expect(read('-pu90').map(([name]) => name)).toEqual(['paused', 'vus'])
})

test('flags that are not known are told as they were written; a value is none, also of a flag that only k6 knows', () => {
  const known = new Map([
    ['vus', true],
    ['quiet', false],
    ['rps', true],
  ])
  const args = ['-qu', '3', '--rps', '-1', '--nosuch', '-qx', '--vus=2', '--other=5', '-y', '--', '-z']
  expect(unknownIn(args, known)).toEqual(['--nosuch', '-x', '--other', '-y'])
})
