import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { parseJson } from '../../base/index.ts'

/** k6's numbers for a test that waits to be resumed, and for one that has ended; whatever ended it has a higher one. */
const PAUSED_BEFORE_RUN = 4
const ENDED = 9
const INTERRUPTED = 10
/** Milliseconds for one answer of an API on loopback, which a busy machine delays. */
const TIMEOUT_MS = 10_000

/** An answer of a k6's REST API; the body is parsed. */
export interface RestAnswer {
  status: number
  body: unknown
}

/** How something is asked; without a time limit where what k6 does for it may take long. */
export interface RestHow {
  body?: unknown
  limit: boolean
}

/** Asks a k6 for a path below `/v1/`; rejects without an answer. */
export type RestAsk = (method: string, path: string, how: RestHow) => Promise<RestAnswer>

/** A k6's REST API: its port, of a k6 on this machine, or what asks it. */
export type RestApi = number | RestAsk

const ask = (api: RestApi, method: string, path: string, how: RestHow): Promise<RestAnswer> =>
  typeof api === 'number' ? askHere(api, method, path, how) : api(method, path, how)

/** Asks a k6 on this machine. */
async function askHere(
  port: number,
  method: string,
  path: string,
  { body, limit }: RestHow,
): Promise<RestAnswer> {
  const asked = request({
    host: '127.0.0.1',
    port,
    method,
    path: `/v1/${path}`,
    headers: { 'content-type': 'application/json' },
    agent: false,
    ...(limit ? { signal: AbortSignal.timeout(TIMEOUT_MS) } : {}),
  })
  asked.end(body === undefined ? undefined : JSON.stringify(body))
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  for await (const part of answer.setEncoding('utf8')) text += part as string
  return { status: answer.statusCode ?? 0, body: parseJson(text) }
}

/** The attributes of what an answer holds, as far as they are there. */
const attributesOf = ({ body }: RestAnswer): Readonly<Record<string, unknown>> =>
  (body as { data?: { attributes?: Record<string, unknown> } } | undefined)?.data?.attributes ?? {}

/** What a k6 tells of its test: nothing where it does not answer. */
const statusOf = (api: RestApi): Promise<Readonly<Record<string, unknown>>> =>
  ask(api, 'GET', 'status', { limit: true }).then(attributesOf, () => ({}))

async function stateOf(api: RestApi): Promise<number> {
  const { status } = await statusOf(api)
  return typeof status === 'number' ? status : 0
}

/** Whether a k6 has made its VUs and waits for its release. */
export const isReady = async (api: RestApi): Promise<boolean> => (await stateOf(api)) === PAUSED_BEFORE_RUN

/** Whether the load of a k6 that lingers is over. */
export const isOver = async (api: RestApi): Promise<boolean> => (await stateOf(api)) >= ENDED

/** Whether the load of a k6 came to its own end: nothing interrupted it. */
export const wasWhole = async (api: RestApi): Promise<boolean> => (await stateOf(api)) !== INTERRUPTED

/** Asks for something; gives why it was not done, undefined where it was. */
async function told(...[api, method, path, how]: Parameters<typeof ask>): Promise<string | undefined> {
  try {
    const { status } = await ask(api, method, path, how)
    return status < 300 ? undefined : `its REST API answered ${status}`
  } catch (error) {
    return (error as Error).message
  }
}

const patched = (attributes: object) => ({
  body: { data: { type: 'status', id: 'default', attributes } },
  limit: true,
})

/** Lets a paused k6 begin. */
export const release = (api: RestApi): Promise<string | undefined> =>
  told(api, 'PATCH', 'status', patched({ paused: false }))

/** Whether a k6 waits for its release; undefined where it does not answer. */
export async function isPaused(api: RestApi): Promise<boolean | undefined> {
  const { paused } = await statusOf(api)
  return typeof paused === 'boolean' ? paused : undefined
}

/** Ends the load of a k6 before its end. */
export const stopLoad = (api: RestApi): Promise<string | undefined> =>
  told(api, 'PATCH', 'status', patched({ stopped: true }))

/** Gives a k6 what `setup` returned in another. */
export const shareSetup = (api: RestApi, data: unknown): Promise<string | undefined> =>
  told(api, 'PUT', 'setup', { body: data, limit: true })

/** Runs `teardown`. */
export const runTeardown = (api: RestApi): Promise<string | undefined> =>
  told(api, 'POST', 'teardown', { limit: false })

/** Runs `setup`, and gives what it returned, or what it failed with, in k6's words. */
export async function runSetup(api: RestApi): Promise<{ data?: unknown; failed?: string }> {
  try {
    const answer = await ask(api, 'POST', 'setup', { limit: false })
    if (answer.status < 300) return { data: attributesOf(answer).data }
    const { errors: [first] = [] } = (answer.body ?? {}) as { errors?: { detail?: string }[] }
    return { failed: first?.detail ?? `its REST API answered ${answer.status}` }
  } catch (error) {
    return { failed: (error as Error).message }
  }
}
