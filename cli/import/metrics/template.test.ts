import { expect, test } from 'vitest'
import { routePath } from './template.ts'

test.each([
  ['/orders/{id}', '/orders/:id'],
  ['/orders/{id:[0-9]{3}}/items', '/orders/:id/items'],
  ['/orders/:orderId(\\d+)?/items/:item', '/orders/:id/items/:id'],
  ['/orders/<int:pk>/', '/orders/:id/'],
  ['^orders/(?P<pk>\\d+)/$', '/orders/:id/'],
  ['/posts/[slug]/[[...rest]]', '/posts/:id/:id'],
  ['/files/*', '/files/:id'],
  ['/articles/:id(.:format)', '/articles/:id'],
  ['api/orders/{id}.json', '/api/orders/:id'],
  ['https://shop.example.com/orders/{id}', '/orders/:id'],
  ['GET /orders/{id}', '/orders/:id'],
  ['/orders/17', '/orders/17'],
  ['/operations:cancel', '/operations:cancel'],
  ['/search?page=2', '/search?page=2'],
  ['/', '/'],
])('%s is %s', (text, path) => {
  expect(routePath(text)?.path).toBe(path)
})

test.each(['', 'unknown', 'UserController.show', '*', '/(a|b)/c', 'not found'])('%j is no path', (text) => {
  expect(routePath(text)).toBeUndefined()
})
