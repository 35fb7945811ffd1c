import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { post, warningOf } from './post.ts'

test('a gRPC port is told before anything is sent', () => {
  expect(warningOf('http://127.0.0.1:4317/v1/traces')).toMatch(/--traces: 4317 .* OTLP\/gRPC.*4318/)
  expect(warningOf('http://127.0.0.1:4318/v1/traces')).toBeUndefined()
})

test('a server that answers in HTTP/2 frames, at any port, is told as one of gRPC', async () => {
  // The first frame of every HTTP/2 server: empty SETTINGS (RFC 9113, 6.5).
  const server = createServer((socket) => socket.end(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`
  const answer = await post({ url, headers: {} }, '{}', {
    timeoutMs: 10_000,
    signal: new AbortController().signal,
  })
  server.close()
  expect(answer).toMatchObject({ is: 'later', why: expect.stringMatching(/gRPC.*4318/) as string })
})
