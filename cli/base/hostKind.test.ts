import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostKind } from './hostKind.ts'

test.each([
  ...['localhost', 'a.localhost', '127.0.0.1', '127.9.8.7', '0.0.0.0', '::1', '::'].map(
    (host) => [host, 'loopback'] as const,
  ),
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.1.1', '100.64.0.1'].map(
    (host) => [host, 'private'] as const,
  ),
  ...['fd00::1', 'fe80::1', '::ffff:10.0.0.1', 'shop', 'shop.local', 'shop.svc.internal', 'a.home.arpa'].map(
    (host) => [host, 'private'] as const,
  ),
  ...['127.1', '2130706433', '0x7f.1'].map((host) => [host, 'private'] as const),
  ...[
    '203.0.113.7',
    '172.32.0.1',
    '11.0.0.1',
    '2001:4860::8888',
    'shop.example.com',
    'SHOP.ngrok-free.app',
  ].map((host) => [host, 'public'] as const),
])('%s is %s', (host, place) => {
  expect(hostKind(host)).toBe(place)
})

test('every address of a private net is private, every other is not', () => {
  const byte = fc.nat({ max: 255 })
  fc.assert(
    fc.property(byte, byte, byte, byte, (a, b, c, d) => {
      const isPrivate =
        a === 10 ||
        (a === 172 && b >= 16 && b < 32) ||
        (a === 192 && b === 168) ||
        (a === 169 && b === 254) ||
        (a === 100 && b >= 64 && b < 128)
      const expected = a === 127 || a === 0 ? 'loopback' : isPrivate ? 'private' : 'public'
      return [`${a}.${b}.${c}.${d}`, `::ffff:${a}.${b}.${c}.${d}`].every((one) => hostKind(one) === expected)
    }),
    {
      numRuns: 2000,
      examples: [
        [10, 0, 0, 0],
        [172, 15, 255, 255],
        [172, 32, 0, 0],
      ],
    },
  )
})
