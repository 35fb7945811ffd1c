import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onlyPrivateZones, placeOf, reachProblems, reachSentence } from './reach.ts'

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
  expect(placeOf(host)).toBe(place)
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
      expect(placeOf(`${a}.${b}.${c}.${d}`)).toBe(expected)
      expect(placeOf(`::ffff:${a}.${b}.${c}.${d}`)).toBe(expected)
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

const zone = (loadZone: string) => ({ distribution: { one: { loadZone, percent: 100 } } })

test('a private target is reached from private load zones alone, loopback from none', () => {
  const [mine, public_] = [zone('my-cluster'), zone('amazon:us:ashburn')]
  expect(onlyPrivateZones({})).toBe(false)
  expect(reachProblems('http://10.0.0.1', mine)).toEqual([])
  expect(reachProblems('http://10.0.0.1', public_)).toHaveLength(1)
  expect(
    reachProblems('http://10.0.0.1', {
      distribution: { ...mine.distribution, two: { loadZone: 'amazon:us:ashburn', percent: 1 } },
    }),
  ).toHaveLength(1)
  expect(reachProblems('http://127.0.0.1:8080', mine)).toMatchObject([
    {
      where: 'BASE_URL',
      got: '"http://127.0.0.1:8080"',
      fix: expect.stringMatching(/--tunnel.*--local-execution/) as string,
    },
  ])
  expect(reachProblems('https://shop.example.com', {})).toEqual([])
})

test('what an address tells is said', async () => {
  expect(await reachSentence('http://203.0.113.7')).toBe('the target http://203.0.113.7 has a public address')
  expect(await reachSentence('http://10.1.2.3')).toBe('the target http://10.1.2.3 has a private address')
  expect(await reachSentence('')).toMatch(/^the target is the script’s own/)
  expect(await reachSentence('http://localhost:1')).toMatch(
    /^the target \S+ is \S+ from here, a loopback address/,
  )
})
