import http from 'k6/http'
import { expect, test } from 'vitest'
import { rehearse, type CannedResponse } from '../testing/index.ts'
import { origin } from './tunnel.ts'

test.each<[CannedResponse, string]>([
  [{ status: 200 }, 'target'],
  [{ status: 500 }, 'target'],
  [{ status: 500, headers: { Server: 'cloudflare' } }, 'target'],
  [{ status: 521, headers: { Server: 'nginx' } }, 'target'],
  [{ error: 'connection refused' }, 'target'],
  [{ status: 404, headers: { 'Ngrok-Error-Code': 'ERR_NGROK_3200' } }, 'tunnel'],
  [{ status: 530, headers: { Server: 'cloudflare' } }, 'tunnel'],
])('%j comes from the %s', async (answer, expected) => {
  const seen = await rehearse(() => origin(http.get('http://localhost/')), { respond: () => answer })
  expect(seen.returned).toEqual([expected])
})
