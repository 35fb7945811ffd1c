import { createServer, request } from 'node:http'
import { expect, test } from 'vitest'
import { cli, listen, run, shop } from './harness.ts'

/** A proxy in front of a target that sheds load as ngrok does: after some requests it answers itself. */
async function shedding(target: string, most: number): Promise<string> {
  let seen = 0
  const { hostname, port } = new URL(target)
  const proxy = createServer((incoming, outgoing) => {
    if (++seen > most) {
      outgoing.writeHead(429, { 'ngrok-error-code': 'ERR_NGROK_734', 'content-type': 'text/plain' })
      outgoing.end('too many requests')
      return
    }
    const { url: path, method, headers } = incoming
    const onward = request({ hostname, port, path, method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  return listen(proxy)
}

test('a tunnel that sheds load makes a run invalid, and is named; the shop is not blamed', async () => {
  const url = await shedding(await shop(), 25)
  const { code, record, out } = await run(['boutique', '--duration', '8s', '--tunnel', url])
  expect([code, record.verdict]).toEqual([96, 'invalid'])
  expect(record.reasons[0]).toMatch(/^the tunnel, not the target, answered \d+ requests \(ERR_NGROK_734\)$/)
  expect(record.target).toBe(url)
  expect(record.failures.filter(({ kind }) => kind === 'request')).not.toEqual([])
  for (const { kind, origin } of record.failures) if (kind === 'request') expect(origin).toBe('tunnel')
  expect(out).toMatch(/from the tunnel/)
})

test('a tunnel that cannot be opened is one sentence, and nothing is sent', async () => {
  const none = await cli(['run', 'boutique', '--tunnel', 'ngrok'])
  expect([none.code, none.err]).toEqual([104, expect.stringMatching(/NGROK_AUTHTOKEN is not set/)])
  const wrong = await cli(['run', 'boutique', '--tunnel', 'ngrokk'])
  expect([wrong.code, wrong.err]).toEqual([104, expect.stringMatching(/Did you mean "ngrok"/)])
  const dead = await cli([
    ...['run', 'boutique', '--base-url', 'http://127.0.0.1:1'],
    ...['--tunnel', 'http://127.0.0.1:2'],
  ])
  expect([dead.code, dead.err]).toEqual([
    104,
    expect.stringMatching(/http:\/\/127\.0\.0\.1:1 does not answer/),
  ])
})
