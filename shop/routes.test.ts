import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findRoute } from './routes.ts'
import { cleanPath, parseTarget } from './target.ts'

const found = (method: string, path: string) => {
  const match = findRoute(method, path)
  return typeof match === 'number' ? match : match.route.name
}

test.each([
  ['GET', '/', '/'],
  ['HEAD', '/', '/'],
  ['POST', '/', 405],
  ['OPTIONS', '/', 405],
  ['GET', '/product/X', '/product'],
  ['HEAD', '/product/X', '/product'],
  ['POST', '/product/X', 405],
  ['GET', '/product/', 404],
  ['GET', '/product', 404],
  ['GET', '/product/a/b', 404],
  ['GET', '/cart', 'GET /cart'],
  ['POST', '/cart', 'POST /cart'],
  ['DELETE', '/cart', 405],
  ['GET', '/cart/', 404],
  ['POST', '/cart/empty', '/cart/empty'],
  ['GET', '/cart/empty', 405],
  ['POST', '/cart/checkout', '/cart/checkout'],
  ['GET', '/cart/checkout', 405],
  ['POST', '/setCurrency', '/setCurrency'],
  ['GET', '/setCurrency', 405],
  ['GET', '/logout', '/logout'],
  ['HEAD', '/logout', 405],
  ['GET', '/assistant', '/assistant'],
  ['HEAD', '/assistant', 405],
  ['POST', '/bot', '/bot'],
  ['HEAD', '/product-meta/X', 405],
  ['PATCH', '/_healthz', '/_healthz'],
  ['POST', '/robots.txt', '/robots.txt'],
  ['PUT', '/static/styles/styles.css', '/static'],
  ['GET', '/static', 404],
  ['GET', '/favicon.ico', 404],
])('%s %s is %s', (method, path, expected) => {
  expect(found(method, path)).toBe(expected)
})

test.each([
  ['//cart', '/cart'],
  ['/a/../cart', '/cart'],
  ['/./cart/', '/cart/'],
  ['/../..', '/'],
  ['//', '/'],
  ['/cart/', '/cart/'],
  ['/.well-known', '/.well-known'],
])('%s is cleaned to %s', (path, expected) => {
  expect(cleanPath(path)).toBe(expected)
})

test('cleaning twice changes nothing more, and a clean path starts with one slash', () => {
  const path = fc.array(fc.constantFrom('/', '.', '..', 'a', 'b%', '//')).map((parts) => `/${parts.join('')}`)
  fc.assert(
    fc.property(path, (raw) => {
      const clean = cleanPath(raw)
      expect(cleanPath(clean)).toBe(clean)
      expect(clean).toMatch(/^\/(?!\/)/)
    }),
  )
})

test('targets are read in both forms, decoded, apart from their query', () => {
  expect(parseTarget('/product/a%20b?x=1?2#y')).toEqual({ path: '/product/a b', query: 'x=1?2' })
  expect(parseTarget('http://shop:80/cart?x')).toEqual({ path: '/cart', query: 'x' })
  expect(parseTarget('http://shop')).toEqual({ path: '/', query: '' })
  expect(parseTarget('/%zz')).toBeUndefined()
  fc.assert(fc.property(fc.string(), (raw) => void parseTarget(raw)))
})
