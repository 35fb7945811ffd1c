import { expect, test } from 'vitest'
import { outOfRoomIn } from './outOfRoom.ts'

const failed = (error: string, count = 1) => ({ text: `Request Failed: Get "http://a/x": ${error}`, count })

test('what the machine had no more of is read from k6’s warnings, in the words of Linux and of macOS', () => {
  expect(
    outOfRoomIn([
      failed('dial tcp 127.0.0.1:80: socket: too many open files', 150),
      failed('dial tcp 127.0.0.2:80: socket: too many open files in system', 2),
      failed('dial tcp 127.0.0.1:80: connect: cannot assign requested address', 7),
      failed("dial tcp 127.0.0.1:80: connect: can't assign requested address"),
      failed('dial tcp 127.0.0.1:80: connect: no buffer space available'),
    ]),
  ).toEqual([
    { lacking: 'file handle', count: 152 },
    { lacking: 'port', count: 8 },
    { lacking: 'network buffer', count: 1 },
  ])
})

test('a refused connection, an address with such words, and another warning are none', () => {
  expect(
    outOfRoomIn([
      failed('dial tcp 127.0.0.1:80: connect: connection refused', 9),
      {
        text: 'Request Failed: Get "http://a/too%20many?q=too many open files": dial tcp 127.0.0.1:80: connect: connection refused',
        count: 9,
      },
      { text: 'could not write: too many open files', count: 9 },
    ]),
  ).toEqual([])
})
