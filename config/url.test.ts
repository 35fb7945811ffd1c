import { expect, test } from 'vitest'
import { hostMatches, isLoopback, parseHttpUrl } from './url.ts'

test.each([
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', '127.0.0.1'],
  ['https://Shop.Example.com/base/', 'https://Shop.Example.com/base', 'shop.example.com'],
  ['HTTPS://example.com', 'HTTPS://example.com', 'example.com'],
  ['http://[::1]:8080/', 'http://[::1]:8080', '::1'],
  ['http://[FE80::1]', 'http://[FE80::1]', 'fe80::1'],
  ['http://my_host', 'http://my_host', 'my_host'],
  ['http://a/b@c', 'http://a/b@c', 'a'],
])('%s is taken', (text, base, host) => {
  expect(parseHttpUrl(text)).toEqual({ base, host })
})

test.each([
  '',
  'shop.example.com',
  '//shop.example.com',
  'ftp://shop.example.com',
  'javascript:alert(1)',
  'http://',
  'http://.com',
  'http://host.',
  'http://user@host',
  'http://user:pw@host',
  'http://127.0.0.1:80@evil.example',
  'http://127.0.0.1\\@evil.example',
  'http://host?query',
  'http://host#fragment',
  'http://ho st',
  'http://host/a b',
  'http://host:0',
  'http://host:65536',
  'http://host:abc',
  'http://[::1',
  'http://host\n',
])('%j is refused', (text) => {
  expect(parseHttpUrl(text)).toBeUndefined()
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example', false],
  ['128.0.0.1', false],
  ['::2', false],
  ['0.0.0.0', false],
])('%s is loopback: %s', (host, loopback) => {
  expect(isLoopback(host)).toBe(loopback)
})

test.each([
  ['shop.example.com', ['shop.example.com'], true],
  ['shop.example.com', ['Shop.Example.COM'], true],
  ['shop.example.com', ['*.example.com'], true],
  ['x.example.com', ['*.example.com'], true],
  ['a.b.example.com', ['other', '*.example.com'], true],
  ['example.com', ['*.example.com'], false],
  ['evilexample.com', ['*.example.com'], false],
  ['example.com.evil', ['*.example.com', 'example.com'], false],
  ['shop.example.com', ['example.com'], false],
  ['shop.example.com', [], false],
])('%s is one of %j: %s', (host, patterns, matches) => {
  expect(hostMatches(host, patterns)).toBe(matches)
})
