import { delay, UserError } from '../../base/index.ts'
import { request } from '../../base/http/index.ts'

/** What tells a target's own answer from a tunnel's page: the answer to `GET /`. */
interface Answer {
  status: number
  type: string
  /** A tunnel made this answer itself. */
  tunnel: string | undefined
}

/** Milliseconds between two tries, for one try, and for all. */
const PAUSE_MS = 500
const TRY_TIMEOUT_MS = 5_000
const TIMEOUT_MS = 60_000

/**
 * Waits until a tunnel's public URL answers as its target does, by status and content type; without a target, until
 * something answers that is not the tunnel. Throws UserError after 60 s, or as soon as the target itself is dead.
 */
export async function untilReached(
  url: string,
  target: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const own = target === undefined ? undefined : await answerOf(target, signal)
  if (target !== undefined && own === undefined)
    throw new UserError(
      `--tunnel: the target ${target} does not answer, so there is nothing behind the tunnel`,
    )
  const until = Date.now() + TIMEOUT_MS
  let last = 'nothing'
  while (Date.now() < until) {
    const answer = await answerOf(url, signal)
    if (answer && isTargets(answer, own)) return
    if (answer) last = answer.tunnel ?? `status ${answer.status}, ${answer.type || 'no content type'}`
    await delay(PAUSE_MS, signal)
  }
  throw new UserError(
    `--tunnel: ${url} does not answer as ${target ?? 'a target'} does after ${TIMEOUT_MS / 1000} s: got ${last}`,
  )
}

function isTargets(answer: Answer, own: Answer | undefined): boolean {
  if (answer.tunnel !== undefined) return false
  return own === undefined || (answer.status === own.status && answer.type === own.type)
}

async function answerOf(url: string, signal: AbortSignal): Promise<Answer | undefined> {
  const answer = await request(`${url}/`, {
    headers: { 'ngrok-skip-browser-warning': '1' },
    timeoutMs: TRY_TIMEOUT_MS,
    mostBytes: 0,
    signal,
  })
  if ('reason' in answer) return undefined
  const { status, headers } = answer
  const edge = headers.server === 'cloudflare' && status >= 520 && status <= 530
  return {
    status,
    type: headers['content-type'] ?? '',
    tunnel: headers['ngrok-error-code'] ?? (edge ? `cloudflare ${status}` : undefined),
  }
}
