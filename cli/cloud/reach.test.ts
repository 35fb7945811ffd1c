import { expect, test } from 'vitest'
import { onlyPrivateZones, cloudReachProblems, reachSentence } from './reach.ts'

const zone = (loadZone: string) => ({ distribution: { one: { loadZone, percent: 100 } } })

test('a private target is reached from private load zones alone, loopback from none', () => {
  const [mine, public_] = [zone('my-cluster'), zone('amazon:us:ashburn')]
  expect(onlyPrivateZones({})).toBe(false)
  expect(cloudReachProblems('http://10.0.0.1', mine)).toEqual([])
  expect(cloudReachProblems('http://10.0.0.1', public_)).toHaveLength(1)
  expect(
    cloudReachProblems('http://10.0.0.1', {
      distribution: { ...mine.distribution, two: { loadZone: 'amazon:us:ashburn', percent: 1 } },
    }),
  ).toHaveLength(1)
  expect(cloudReachProblems('http://127.0.0.1:8080', mine)).toMatchObject([
    {
      where: 'BASE_URL',
      got: '"http://127.0.0.1:8080"',
      fix: expect.stringMatching(/--tunnel.*--local-execution/) as string,
    },
  ])
  expect(cloudReachProblems('https://shop.example.com', {})).toEqual([])
})

test('what an address tells is said', async () => {
  expect(await reachSentence('http://203.0.113.7')).toBe('the target http://203.0.113.7 has a public address')
  expect(await reachSentence('http://10.1.2.3')).toBe('the target http://10.1.2.3 has a private address')
  expect(await reachSentence('')).toMatch(/^the target is the script’s own/)
  expect(await reachSentence('http://localhost:1')).toMatch(
    /^the target \S+ is \S+ from here, a loopback address/,
  )
})
