import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RecordError } from './errors.ts'
import { pack, unpack } from './snappy.ts'

const bytes = (...all: number[]) => Uint8Array.from(all)

test('what was packed is unpacked, as Uint8Array and as Buffer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1000 }), (data) => {
      expect(unpack(pack(data), 1000)).toEqual(data)
      expect(unpack(Buffer.from(pack(data)), 1000)).toEqual(data)
    }),
  )
  const long = new Uint8Array(300_000).fill(7)
  expect(Buffer.compare(unpack(pack(long), 300_000), long)).toBe(0)
})

test('a block that declares more than is allowed is refused before it is unpacked', () => {
  expect(() => unpack(bytes(0xff, 0xff, 0xff, 0xff, 0x0f), 1000)).toThrow(
    'The push unpacks to 4294967295 bytes; at most 1000 are accepted.',
  )
  expect(() => unpack(pack(new Uint8Array(1001)), 1000)).toThrow(RecordError)
})

test.each([
  ['nothing', bytes()],
  ['no end of the length', bytes(0x80, 0x80)],
  ['fewer bytes than declared', bytes(5, 0, 1)],
  ['a literal that is cut off', bytes(3, 8, 1)],
  [
    'a literal of 2 GiB, which would send the library backwards',
    bytes(10, 252, 0xf6, 0xff, 0xff, 0xff, 1, 2),
  ],
  ['a copy of bytes that do not exist', bytes(4, 1, 9)],
])('%s is refused', (_, block) => {
  expect(() => unpack(block, 1000)).toThrow(RecordError)
})

test('no bytes do anything but unpack or be refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (block) => {
      try {
        unpack(block, 10_000)
      } catch (error) {
        expect(error).toBeInstanceOf(RecordError)
      }
    }),
    { numRuns: 1000 },
  )
})
