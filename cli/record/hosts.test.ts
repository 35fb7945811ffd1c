import { expect, test } from 'vitest'
import { createStore } from './store.ts'
import { counter } from '../../test/doubles/pushesOfK6.ts'
import { contacted, hostsOf } from './hosts.ts'
import { hostIn, loadedBy } from './loadedHosts.ts'

test.each([
  ['http://127.0.0.1:4100/', 'http://127.0.0.1:4100'],
  ['https://User:pw@API.example.com?x=http://b.example/', 'https://api.example.com'],
  ['wss://a.example/chat', 'wss://a.example'],
  ['127.0.0.1:5000/pkg.Service/Method', '127.0.0.1:5000'],
  ['home', undefined],
  ['/cart', undefined],
  ['a:1', undefined],
  ['', undefined],
])('%s is at %s', (text, host) => {
  expect(hostIn(text)).toBe(host)
})

const storeOf = (...labels: Record<string, string>[]) => {
  const store = createStore()
  store.add(labels.map((one) => counter('k6_http_reqs_total', 1, 1, one)))
  return store
}
const at = (url: string, name = url) => ({ url, name })

test('hosts are those of the series, the one with most first; a name hides one', () => {
  const all = [at('http://a/1'), at('http://b/1'), at('http://b/2')]
  expect(hostsOf(storeOf(...all))).toEqual({ hosts: ['http://b', 'http://a'], hidden: false })
  expect(hostsOf(storeOf(...all, at('home')))).toMatchObject({ hidden: true })
  expect(hostsOf(storeOf({ name: 'http://a/x' }))).toEqual({ hosts: ['http://a'], hidden: false })
})

test('what was expected counts only where a name hides something', () => {
  expect(contacted(storeOf(at('http://a/1')), ['http://b'])).toEqual(['http://a'])
  expect(contacted(storeOf(at('http://a/1'), at('home')), ['http://b'])).toEqual(['http://a', 'http://b'])
  expect(contacted(createStore(), ['http://b'])).toEqual([])
})

test('a verdict names whom a script contacted, not whom it was told to', () => {
  const totals = { iterations: 1, dropped: 0, requests: 1, checks: 0, failedChecks: 0 }
  const given = { script: 'a.js', target: 'http://given', totals }
  expect(loadedBy({ ...given, hosts: ['http://a', 'http://b'] })).toBe('http://a, http://b')
  expect(loadedBy(given)).toBe('http://given, unless the script goes elsewhere')
  expect(loadedBy({ ...given, target: '' })).toBe('a target of its own')
  const suite = { target: 'http://a/base', totals }
  expect(loadedBy({ ...suite, hosts: ['http://a', 'http://b'] })).toBe('http://a/base, http://b')
  const silent = { ...suite, totals: { ...totals, requests: 0 } }
  expect(loadedBy({ ...silent, hosts: ['ws://b'] })).toBe('ws://b')
  expect(loadedBy(silent)).toBe('http://a/base')
})
