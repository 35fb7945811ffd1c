import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { parseJson } from '../../base/index.ts'

/** k6's numbers for a test that waits to be resumed, and for one that has ended; whatever ended it has a higher one. */
const PAUSED_BEFORE_RUN = 4
const ENDED = 9
const INTERRUPTED = 10
/** Milliseconds for one answer of an API on loopback, which a busy machine delays. */
const TIMEOUT_MS = 10_000

interface Answer {
  status: number
  body: unknown
}

/** Asks a k6 on this machine; without a time limit where what it does may take long. Rejects without an answer. */
async function ask(
  port: number,
  method: string,
  path: string,
  { body, limit }: { body?: unknown; limit: boolean },
): Promise<Answer> {
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
const attributesOf = ({ body }: Answer): Readonly<Record<string, unknown>> =>
  (body as { data?: { attributes?: Record<string, unknown> } } | undefined)?.data?.attributes ?? {}

async function statusOf(port: number): Promise<number> {
  try {
    const { status } = attributesOf(await ask(port, 'GET', 'status', { limit: true }))
    return typeof status === 'number' ? status : 0
  } catch {
    return 0
  }
}

/** Whether a k6 has made its VUs and waits for its release. */
export const isReady = async (port: number): Promise<boolean> => (await statusOf(port)) === PAUSED_BEFORE_RUN

/** Whether the load of a k6 that lingers is over. */
export const isOver = async (port: number): Promise<boolean> => (await statusOf(port)) >= ENDED

/** Whether the load of a k6 came to its own end: nothing interrupted it. */
export const wasWhole = async (port: number): Promise<boolean> => (await statusOf(port)) !== INTERRUPTED

/** Asks for something; gives why it was not done, undefined where it was. */
async function told(...[port, method, path, how]: Parameters<typeof ask>): Promise<string | undefined> {
  try {
    const { status } = await ask(port, method, path, how)
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
export const release = (port: number): Promise<string | undefined> =>
  told(port, 'PATCH', 'status', patched({ paused: false }))

/** Ends the load of a k6 before its end. */
export const stopLoad = (port: number): Promise<string | undefined> =>
  told(port, 'PATCH', 'status', patched({ stopped: true }))

/** Gives a k6 what `setup` returned in another. */
export const shareSetup = (port: number, data: unknown): Promise<string | undefined> =>
  told(port, 'PUT', 'setup', { body: data, limit: true })

/** Runs `teardown`. */
export const runTeardown = (port: number): Promise<string | undefined> =>
  told(port, 'POST', 'teardown', { limit: false })

/** Runs `setup`, and gives what it returned, or what it failed with, in k6's words. */
export async function runSetup(port: number): Promise<{ data?: unknown; failed?: string }> {
  try {
    const answer = await ask(port, 'POST', 'setup', { limit: false })
    if (answer.status < 300) return { data: attributesOf(answer).data }
    const { errors: [first] = [] } = (answer.body ?? {}) as { errors?: { detail?: string }[] }
    return { failed: first?.detail ?? `its REST API answered ${answer.status}` }
  } catch (error) {
    return { failed: (error as Error).message }
  }
}
