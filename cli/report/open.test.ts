import { expect, test } from 'vitest'
import { mayOpen, opener, openInBrowser, type Seat } from './open.ts'

const desk: Seat = { env: { DISPLAY: ':0' }, platform: 'linux', terminal: true }

test('a browser opens by itself only before a person with a screen', () => {
  expect(mayOpen(desk)).toBe(true)
  expect(mayOpen({ ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true)
  expect(mayOpen({ ...desk, env: {}, platform: 'darwin' })).toBe(true)
  expect(mayOpen({ ...desk, env: { DISPLAY: ':0', CI: 'false' } })).toBe(true)
  const not: Partial<Seat>[] = [
    { terminal: false },
    { env: { DISPLAY: ':0', CI: 'true' } },
    { env: { DISPLAY: ':0', BROWSER: 'none' } },
    { env: {} },
    { env: { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' } },
    { env: { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, platform: 'darwin' },
  ]
  for (const seat of not) expect(mayOpen({ ...desk, ...seat }), JSON.stringify(seat)).toBe(false)
})

test('each desktop has its opener', () => {
  const file = '/tmp/a & b.html'
  expect(opener(file, desk)).toEqual(['xdg-open', [file]])
  expect(opener(file, { ...desk, env: { BROWSER: 'firefox' } })).toEqual(['firefox', [file]])
  expect(opener(file, { ...desk, env: { BROWSER: 'a:b %s' } })).toEqual(['xdg-open', [file]])
  expect(opener(file, { ...desk, platform: 'darwin' })).toEqual(['open', [file]])
  expect(opener(file, { ...desk, platform: 'win32' })).toEqual([
    'rundll32',
    ['url.dll,FileProtocolHandler', file],
  ])
})

test('whether the program could be started is told; nothing is thrown', async () => {
  expect(await openInBrowser('x', { ...desk, env: { BROWSER: '/no/such/browser' } })).toBe(false)
  expect(await openInBrowser('x', { ...desk, env: { BROWSER: 'none' } })).toBe(false)
  expect(await openInBrowser('x', { ...desk, env: { BROWSER: 'true' } })).toBe(true)
})
