import { expect, test } from 'vitest'
import { UserError } from '../../base/index.ts'
import { grafanaOf } from './grafana.ts'

const complaint = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as UserError).message
  }
  return 'no complaint'
}
const TOKEN = 'glsa_secret'

test('without the flag there is no Grafana, whatever the environment says', () => {
  expect(grafanaOf({ env: { GRAFANA_URL: 'https://g.example.com', GRAFANA_TOKEN: TOKEN } })).toBeUndefined()
  expect(grafanaOf({ url: false, env: {} })).toBeUndefined()
  expect(grafanaOf({ url: 'off', env: { GRAFANA_URL: 'https://g.example.com' } })).toBeUndefined()
})

test('the flag’s URL goes before the variable’s; a path below which Grafana lies stays', () => {
  const env = {
    GRAFANA_URL: 'https://one.example.com/grafana/',
    GRAFANA_TOKEN: ` ${TOKEN} `,
    GRAFANA_ORG_ID: '7',
  }
  expect(grafanaOf({ url: true, env })).toEqual({
    url: 'https://one.example.com/grafana',
    token: TOKEN,
    org: '7',
  })
  expect(grafanaOf({ url: 'https://two.example.com/?orgId=1#x', env })?.url).toBe('https://two.example.com')
})

test.each([
  [{ GRAFANA_TOKEN: 'a', GRAFANA_SERVICE_ACCOUNT_TOKEN: 'b' }, 'a'],
  [{ GRAFANA_TOKEN: ' ', GRAFANA_SERVICE_ACCOUNT_TOKEN: 'b' }, 'b'],
  [{}, undefined],
])('the token of %j is %s', (env, token) => {
  expect(grafanaOf({ url: 'http://127.0.0.1:3000', env })?.token).toBe(token)
})

test.each([
  ['http://127.0.0.1:3000', { GRAFANA_TOKEN: TOKEN }],
  ['http://[::1]:3000', { GRAFANA_TOKEN: TOKEN }],
  ['http://grafana.monitoring:3000', {}],
])('%s is taken with %j', (url, env) => {
  expect(grafanaOf({ url, env })?.url).toBe(url)
})

test.each([
  [true, {}, /--annotate: no URL is given, and GRAFANA_URL is not set/],
  ['grafana', {}, /--annotate: got "grafana"; allowed: the address of a Grafana/],
  [
    'http://g.example.com',
    { GRAFANA_TOKEN: TOKEN },
    /got http to g\.example\.com, which would send GRAFANA_TOKEN in the clear/,
  ],
  ['https://admin:admin@g.example.com', {}, /with a user or a password in it.*GRAFANA_TOKEN/],
  ['https://g.example.com?auth_token=x', {}, /"auth_token" in it, which looks like a secret/],
  ['https://g.example.com', { GRAFANA_TOKEN: 'glsa_a b' }, /GRAFANA_TOKEN: got blanks/],
  ['https://g.example.com', { GRAFANA_ORG_ID: 'main' }, /GRAFANA_ORG_ID: got no number/],
])('%s with %j is refused, and no secret is repeated', (url, env, sentence) => {
  const said = complaint(() => grafanaOf({ url, env }))
  expect(said).toMatch(sentence)
  expect(said).not.toMatch(/glsa_(?!…)|admin:admin/)
})
