import { expect, test } from 'vitest'
import { sidesOf, withPort, type SideFlags } from './abSides.ts'

const why = (flags: SideFlags): string => {
  try {
    sidesOf(flags)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test('a side is a URL, a command, a commit, or the embedded shop', () => {
  expect(sidesOf({ base: 'http://127.0.0.1:1', candidate: 'http://127.0.0.1:2' })).toEqual({
    base: { kind: 'url', url: 'http://127.0.0.1:1', faults: [] },
    candidate: { kind: 'url', url: 'http://127.0.0.1:2', faults: [] },
  })
  expect(sidesOf({ candidateFault: ['latency=/cart:60'] })).toEqual({
    base: { kind: 'shop', faults: [] },
    candidate: { kind: 'shop', faults: ['latency=/cart:60'] },
  })
  expect(sidesOf({ baseCommand: 'node a.js', candidateCommand: 'node b.js {port}' }).candidate).toEqual({
    kind: 'command',
    url: 'http://127.0.0.1:{port}',
    command: 'node b.js {port}',
    faults: [],
  })
})

test('a commit is held against the working folder, unless the candidate is named', () => {
  const { base, candidate } = sidesOf({ baseRef: 'main', start: 'npm start' })
  expect(base).toMatchObject({ ref: 'main', command: 'npm start' })
  expect(candidate).not.toHaveProperty('ref')
  expect(candidate).toMatchObject({ command: 'npm start' })
  expect(sidesOf({ baseRef: 'v1', candidateRef: 'v2', start: 'x' }).candidate).toMatchObject({ ref: 'v2' })
  expect(sidesOf({ baseRef: 'v1', candidate: 'http://127.0.0.1:1', start: 'x' }).candidate.kind).toBe('url')
})

test('a port stands wherever it is named', () => {
  expect(withPort('x --port {port} {port}', 80)).toBe('x --port 80 80')
})

test('what is missing, or too much, is said with what to write', () => {
  expect(why({ base: 'http://127.0.0.1:1' })).toContain('--candidate: got nothing')
  expect(why({ candidate: 'http://127.0.0.1:1' })).toContain('--base: got nothing')
  expect(why({ base: 'localhost:1', candidate: 'http://127.0.0.1:1' })).toContain('--base: got "localhost:1"')
  expect(why({ base: 'http://127.0.0.1:{port}', candidate: 'http://127.0.0.1:1' })).toContain(
    'only where a command starts the target',
  )
  expect(why({ baseRef: 'main' })).toContain('--start: got nothing')
  expect(why({ start: 'x' })).toContain('--start: got "x"')
  expect(why({ build: 'x', baseCommand: 'a', candidateCommand: 'b' })).toContain('--build: got "x"')
  expect(why({ baseRef: 'a', baseCommand: 'b', start: 'c' })).toContain('--base-command: got a ref beside it')
})
