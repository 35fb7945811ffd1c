import type { NotifyKind } from '../../../config/notify.ts'
import { backoff, delay } from '../../base/index.ts'
import {
  askedMs,
  isTransient,
  redactLine,
  request,
  type HttpResponse,
  type NoAnswer,
  type Retry,
} from '../../base/http/index.ts'
import { jsonBody } from './json.ts'
import { bounded, type Notice } from './notice.ts'
import type { Receiver } from './receiver.ts'
import { slackBody } from './slack.ts'
import { teamsBody } from './teams.ts'

/** How patient a delivery is. */
export interface NotifyPatience extends Partial<Retry> {
  /** Milliseconds for one try; 5 s unless told. */
  readonly timeoutMs?: number
  /** Milliseconds in all; 20 s unless told. */
  readonly budgetMs?: number
  readonly signal?: AbortSignal
}

/** What became of a notice. */
export interface Delivery {
  /** What the receiver is called. */
  readonly to: string
  /** Why it did not arrive, or may not have; absent where it did. */
  readonly why?: string
}

const BODIES: Readonly<Record<NotifyKind, (notice: Notice) => object>> = {
  slack: slackBody,
  teams: teamsBody,
  json: jsonBody,
}

/**
 * Tells a receiver, in a bounded time; never throws. 429, 5xx and a refused connection are tried again; after silence
 * nothing is, since the notice may have arrived and would be told twice.
 */
export async function deliver(
  notice: Notice,
  receiver: Receiver,
  {
    timeoutMs = 5_000,
    budgetMs = 20_000,
    tries: most = 4,
    firstMs = 500,
    mostMs = 10_000,
    signal,
  }: NotifyPatience = {},
): Promise<Delivery> {
  const { kind, url, name: to } = receiver
  const end = AbortSignal.any([AbortSignal.timeout(budgetMs), ...(signal ? [signal] : [])])
  const { pathname, search } = new URL(url)
  const secrets = [url, pathname, search.slice(1)].filter((one) => one.length > 1)
  const body = JSON.stringify(BODIES[kind](bounded(notice)))
  const headers = { 'content-type': 'application/json' }
  const asked = {
    method: 'POST',
    headers,
    body,
    timeoutMs,
    secrets,
    signal: end,
    mostBytes: MAX_ANSWER_BYTES,
  } as const
  let why = 'there was no more time'
  for (let tries = 1; ; tries++) {
    // It rejects where there is no more time.
    const answer = await request(url, asked).catch(() => undefined)
    if (answer === undefined) return { to, why }
    if (answer.status >= 200 && answer.status < 300) return { to }
    why = whyNot(answer, secrets)
    if (tries >= most || !isTransient(answer) || ('reason' in answer && answer.isSent)) return { to, why }
    await delay(backoff({ firstMs, mostMs }, tries, askedMs(answer)), end).catch(() => undefined)
  }
}

const MAX_ANSWER_BYTES = 16 * 1024

function whyNot(answer: HttpResponse | NoAnswer, secrets: readonly string[]): string {
  if ('reason' in answer) return `it ${answer.reason}${answer.isSent ? ', and may have got it' : ''}`
  const { status, text } = answer
  if (status >= 300 && status < 400) return `it leads elsewhere (${status}), which is not followed`
  const said = redactLine(text, secrets)
  return `it answers ${status}${said === '' ? '' : ` (${said})`}`
}
