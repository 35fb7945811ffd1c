import fc from 'fast-check'
import { expect, test } from 'vitest'
import { declaredMonitors } from '../../project/index.ts'
import { probeReachProblems } from './reach.ts'
import { LEAST } from '../../../test/doubles/monitoredProject.ts'

const isPrivate = (target: string): boolean =>
  probeReachProblems(declaredMonitors({ monitors: { shop: { ...LEAST, target } } }), () => true).length > 0

test.each([
  ...['http://127.0.0.1:8080', 'http://localhost', 'http://2130706433', 'http://[::1]:1', 'http://10.1.2.3'],
  ...[
    'http://192.168.0.1',
    'http://[fd00::1]',
    'http://[::ffff:10.0.0.1]',
    'http://shop',
    'http://shop.internal',
  ],
])('%s cannot be reached by a public probe', (target) => {
  expect(isPrivate(target)).toBe(true)
})

test.each(['https://shop.example.com', 'http://8.8.8.8', 'http://[2001:db8::1]', 'https://x.ngrok-free.app'])(
  '%s can',
  (target) => {
    expect(isPrivate(target)).toBe(false)
  },
)

test('no way to write an address of 10.0.0.0/8 hides it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10 * 2 ** 24, max: 11 * 2 ** 24 - 1 }), (number) => {
      expect(isPrivate(`http://${number}`)).toBe(true)
      expect(isPrivate(`http://0x${number.toString(16)}`)).toBe(true)
    }),
  )
})

test('a private target is refused for public probes, and allowed for private ones', () => {
  const monitors = declaredMonitors({
    monitors: { shop: { ...LEAST, target: 'http://192.168.1.5', probes: ['office', 'Paris'] } },
  })
  expect(probeReachProblems(monitors, (probe) => probe === 'Paris')).toEqual([
    {
      where: 'monitors.shop.target',
      got: '"http://192.168.1.5"',
      allowed: "what Grafana's public probes (Paris) can reach from the internet",
      fix: 'Name a private probe of your own network instead, or a public address (a tunnel is one).',
    },
  ])
  expect(probeReachProblems(monitors, () => false)).toEqual([])
})
