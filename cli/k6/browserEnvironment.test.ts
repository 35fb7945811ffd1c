import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { machine } from '../../test/doubles/machine.ts'
import { UserError } from '../base/index.ts'
import { browserEnvironment } from './browserEnvironment.ts'

let on: ReturnType<typeof machine>
beforeEach(() => {
  on = machine()
})
afterEach(() => on.remove())

const LARGE = 1024 ** 3
const user = { isRoot: false, shared: LARGE }
const refusalOf = (env: NodeJS.ProcessEnv): Promise<UserError> =>
  browserEnvironment(env, user).then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error as UserError,
  )

test('a browser is the one that is named, else the first on PATH', async () => {
  const [first, other] = [on.k6('bin/chromium', ''), on.k6('other/chrome', '')]
  const { PATH } = on.env
  expect(await browserEnvironment({ PATH }, user)).toEqual({
    env: { K6_BROWSER_EXECUTABLE_PATH: first },
    note: `browser: ${first}`,
  })
  const named = await browserEnvironment({ PATH, K6_BROWSER_EXECUTABLE_PATH: other }, user)
  expect(named.env).toEqual({ K6_BROWSER_EXECUTABLE_PATH: other })
})

test('one that is named and is not there is never passed over', async () => {
  on.k6('bin/chromium', '')
  const error = await refusalOf({ PATH: on.env.PATH, K6_BROWSER_EXECUTABLE_PATH: '/nowhere/chromium' })
  expect(error).toBeInstanceOf(UserError)
  expect(error.message).toBe(
    'K6_BROWSER_EXECUTABLE_PATH=/nowhere/chromium: there is no such program; correct the variable, or unset it to let loadwright search for Chromium',
  )
})

test('flags are those that the machine needs beside those of the shell, and are said with why', async () => {
  const path = on.k6('bin/chromium', '')
  const { PATH } = on.env
  expect(
    await browserEnvironment({ PATH, K6_BROWSER_ARGS: 'lang=de' }, { isRoot: true, shared: 64 * 1024 ** 2 }),
  ).toEqual({
    env: {
      K6_BROWSER_EXECUTABLE_PATH: path,
      K6_BROWSER_ARGS: 'lang=de,no-sandbox,disable-dev-shm-usage',
    },
    note: `browser: ${path}, with no-sandbox, since Chromium starts for root in no other way; disable-dev-shm-usage, since /dev/shm has only 64 MiB`,
  })
  const given = { PATH, K6_BROWSER_ARGS: 'no-sandbox' }
  expect((await browserEnvironment(given, { isRoot: true })).note).toBe(`browser: ${path}`)
})

test('a browser that runs already must answer, and its address is shown without what may be a token', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const K6_BROWSER_WS_URL = `ws://127.0.0.1:${port}/devtools/browser/t0ken?token=t0ken`
  expect(await browserEnvironment({ K6_BROWSER_WS_URL }, user)).toEqual({
    env: {},
    note: `browser: the one that runs at 127.0.0.1:${port}`,
  })
  server.close()
  await once(server, 'close')
  const { message } = await refusalOf({ K6_BROWSER_WS_URL })
  expect(message).toBe(
    `K6_BROWSER_WS_URL: no browser answers at 127.0.0.1:${port} (ECONNREFUSED); start it with --remote-debugging-port, or unset the variable to let k6 start Chromium itself`,
  )
  const wrong = await refusalOf({ K6_BROWSER_WS_URL: 'http://t0ken' })
  expect(wrong.message).toMatch(/^K6_BROWSER_WS_URL is no URL of a running browser; /)
})
