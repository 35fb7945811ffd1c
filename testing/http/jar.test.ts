import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClock } from '../clock.ts'
import { parseSetCookie, plainCookie } from './cookie.ts'
import { createJar, defaultPath } from './jar.ts'

const token = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789_-'.split('')),
  minLength: 1,
})
const path = fc.array(token, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`)

test('what a response sets comes back to its own path and below, and to nothing beside it', () => {
  fc.assert(
    fc.property(path, token, token, token, (at, name, value, below) => {
      const jar = createJar(createClock(0))
      jar.store(`http://shop.test${at}`, [parseSetCookie(`${name}=${value}`)!])
      const scope = defaultPath(at)
      const under = `${scope === '/' ? '' : scope}/${below}`
      expect(jar.cookiesFor(`http://shop.test${under}`)).toEqual([{ name, value }])
      expect(jar.cookiesFor(`http://other.test${under}`)).toEqual([])
      expect(jar.cookiesFor(`http://sub.shop.test${under}`)).toEqual([])
      if (scope !== '/') expect(jar.cookiesFor(`http://shop.test${scope}x`)).toEqual([])
    }),
  )
})

test('the last value wins, the longest path comes first, and time runs out', () => {
  const clock = createClock(0)
  const jar = createJar(clock)
  const set = (line: string) => jar.store('http://shop.test/a/b', [parseSetCookie(line)!])
  set('one=1; Path=/')
  set('one=2; Path=/; Max-Age=10')
  set('deep=3')
  set('parent=4; Domain=shop.test; Path=/')
  set('stranger=5; Domain=bank.test')
  set('safe=6; Secure; Path=/')
  const at = (url: string) => jar.cookiesFor(url).map(({ name, value }) => `${name}=${value}`)
  expect(at('http://shop.test/a/c')).toEqual(['deep=3', 'one=2', 'parent=4'])
  expect(at('https://shop.test/')).toEqual(['one=2', 'parent=4', 'safe=6'])
  expect(at('http://www.shop.test/')).toEqual(['parent=4'])
  clock.advance(10_000)
  expect(at('http://shop.test/')).toEqual(['parent=4'])
  jar.store('http://shop.test/', [{ ...plainCookie('parent', ''), domain: 'shop.test', maxAge: -1 }])
  expect(at('http://shop.test/')).toEqual([])
})
