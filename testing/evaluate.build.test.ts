import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'

const endless = {
  'polls by timers': `export default async () => { for (;;) await new Promise((done) => setTimeout(done, 1000)) }`,
  'polls by sleeping': `import { sleep } from 'k6'; export default () => { for (;;) sleep(1) }`,
  'asks for ever': `import http from 'k6/http'; export default () => { for (;;) http.get('http://a/') }`,
  'never clears an interval': `export default () => { setInterval(() => 0, 10) }`,
}
test.each(Object.entries(endless))(
  'a script that %s is stopped by what it does, not by a clock',
  async (_, code) => {
    const seen = await (await evaluate(code, { env: {} })).iterate({ onError: 'record', iterations: 20 })
    expect(seen.errors).toMatchObject([
      { message: expect.stringContaining('the iteration does not end') as string },
    ])
  },
)
