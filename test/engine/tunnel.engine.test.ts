import { expect, test } from 'vitest'
import { cli, run, shop } from './harness.ts'
import { shedding } from './shedding.ts'

test.concurrent(
  'a tunnel that sheds load makes a run invalid, and is named; the shop is not blamed',
  async () => {
    const url = await shedding(await shop(), 25)
    const { code, record, out } = await run(['boutique', '--duration', '8s', '--tunnel', url])
    expect([code, record.verdict]).toEqual([96, 'invalid'])
    expect(record.reasons[0]?.text).toMatch(
      /^the tunnel, not the target, answered \d+ requests \(ERR_NGROK_734\)$/,
    )
    expect(record.target).toBe(url)
    expect(record.failures.filter(({ kind }) => kind === 'request')).not.toEqual([])
    for (const { kind, origin } of record.failures) if (kind === 'request') expect(origin).toBe('tunnel')
    expect(out).toMatch(/from the tunnel/)
  },
)

test.concurrent('a tunnel that cannot be opened is one sentence, and nothing is sent', async () => {
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
