import { expect, test } from 'vitest'
import { UserError } from '../../base/index.ts'
import { withoutRemoteWrite } from '../../k6/index.ts'
import { targetOf } from './target.ts'

const K6 = 'K6_PROMETHEUS_RW_'
const refused = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  throw new Error('was not refused')
}

test.each([
  ['http://127.0.0.1:9090', 'http://127.0.0.1:9090/api/v1/write'],
  ['http://127.0.0.1:9090/', 'http://127.0.0.1:9090/api/v1/write'],
  ['https://mimir.example.com/api/v1/push', 'https://mimir.example.com/api/v1/push'],
  ['http://vm:8428/api/v1/write?extra_label=env=dev', 'http://vm:8428/api/v1/write?extra_label=env=dev'],
])('%s is written to at %s', (url, written) => {
  expect(targetOf({ url, env: {} })?.url).toBe(written)
  expect(targetOf({ env: { [`${K6}SERVER_URL`]: url } })?.url).toBe(written)
})

test('the flag wins over the variable; off and nothing are no target', () => {
  const env = { [`${K6}SERVER_URL`]: 'http://a:1' }
  expect(targetOf({ url: 'http://b:1/w', env })?.url).toBe('http://b:1/w')
  expect(targetOf({ url: 'off', env })).toBeUndefined()
  expect(targetOf({ env: {} })).toBeUndefined()
  expect(targetOf({ env: { [`${K6}SERVER_URL`]: '' } })).toBeUndefined()
})

test.each(['', 'prometheus:9090', 'ftp://a/b', 'http://'])('%j is no URL to write to', (url) => {
  expect(refused(() => targetOf({ url, env: {} }))).toContain('--remote-write: got')
})

test('secrets in a URL are refused, and not repeated', () => {
  const user = refused(() => targetOf({ url: 'https://me:s3cr3t@prom.example.com', env: {} }))
  expect(user).toMatchInlineSnapshot(`
    "1 problem:
      - --remote-write: got a URL of prom.example.com with a user or a password in it; allowed: an http or https URL such as http://127.0.0.1:9090 (its path /api/v1/write is added), https://mimir.example.com/api/v1/push, or off. Put them into K6_PROMETHEUS_RW_USERNAME and K6_PROMETHEUS_RW_PASSWORD."
  `)
  const query = refused(() => targetOf({ url: 'https://prom.example.com/w?api_key=s3cr3t', env: {} }))
  expect(query).toContain('"api_key"')
  expect(user + query).not.toContain('s3cr3t')
})

test('user, token, tenant and headers come under the names of k6', () => {
  const url = 'http://a:1'
  const headers = (env: Record<string, string>) => targetOf({ url, env })?.access.headers
  expect(headers({ [`${K6}USERNAME`]: 'me', [`${K6}PASSWORD`]: 'p:w' })).toEqual({
    authorization: `Basic ${Buffer.from('me:p:w').toString('base64')}`,
  })
  expect(headers({ [`${K6}USERNAME`]: 'me', [`${K6}BEARER_TOKEN`]: 'abc' })).toEqual({
    authorization: 'Bearer abc',
  })
  expect(headers({ [`${K6}HEADERS_X-Scope-OrgID`]: 'k6', [`${K6}HTTP_HEADERS`]: 'X-A:1,X-B: 2' })).toEqual({
    'x-scope-orgid': 'k6',
    'x-a': '1',
    'x-b': '2',
  })
})

test('every problem of the variables is said at once, without a value', () => {
  const said = refused(() =>
    targetOf({
      url: 'http://a:1',
      env: {
        [`${K6}HTTP_HEADERS`]: 'Authorization:Bearer:s3cr3t',
        [`${K6}HEADERS_X Y`]: 's3cr3t',
        [`${K6}CLIENT_CERTIFICATE`]: '/nowhere/cert.pem',
        [`${K6}INSECURE_SKIP_TLS_VERIFY`]: 'maybe',
        [`${K6}SIGV4_REGION`]: 'eu-west-1',
      },
    }),
  )
  expect(said).toMatch(/^6 problems:/)
  for (const name of [
    'HTTP_HEADERS',
    'HEADERS_X Y',
    'CLIENT_CERTIFICATE:',
    'CLIENT_CERTIFICATE_KEY',
    'INSECURE',
    'SIGV4',
  ])
    expect(said).toContain(K6 + name)
  expect(said).not.toContain('s3cr3t')
})

test('k6 itself sees none of it', () => {
  const env = { PATH: '/bin', [`${K6}PASSWORD`]: 'x', [`${K6}HEADERS_A`]: 'y', K6_VUS: '1' }
  expect(withoutRemoteWrite(env)).toEqual({ PATH: '/bin', K6_VUS: '1' })
})
