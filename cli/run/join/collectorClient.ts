import { quote } from '../../../config/problem/problem.ts'
import { EXIT, parseJson, refusal, serverUrlProblems, UserError, refuse } from '../../base/index.ts'
import { request } from '../../base/http/index.ts'
import { formDamage, type Form } from '../../record/index.ts'
import { PATHS, type JoinedReport, type Offer, type Order } from './protocol.ts'
import { isToken, noToken } from './token.ts'

/** A collector, as an instance elsewhere asks it. */
export interface CollectorClient {
  readonly url: string
  readonly token: string
  /** What the run is. Throws UserError where it cannot be told. */
  offer(): Promise<Offer>
  /** Reports; undefined where there is no answer. Throws UserError where the collector refuses the instance. */
  report(report: JoinedReport): Promise<Order | undefined>
  /** Sends a file, or its bytes from one place on. */
  send(what: 'log' | 'summary', id: string, body: Buffer, from?: number): Promise<Sent>
}

/** What became of what was sent: it is there, it may be sent again, or the collector keeps no more of it. */
export type Sent = 'taken' | 'failed' | 'full'

/** Milliseconds for one answer. */
const TIMEOUT_MS = 10_000

const ALLOWED = 'the URL that the collector prints, such as http://collector:9090'
const GIVE = 'Give its token in COLLECT_TOKEN.'

/** An offer, as it comes. */
const OFFER: Form = {
  keys: {
    id: 'text',
    suite: 'text',
    sha256: 'text',
    variables: { each: 'text' },
    more: { list: 'text' },
    'spans?': 'flag',
    'expect?': 'number',
  },
}

/** Reads where a collector is. Throws UserError. */
export function collectorClient(given: string, token: string | undefined): CollectorClient {
  refuse(
    serverUrlProblems(given, '--join', {
      allowed: ALLOWED,
      user: GIVE,
      secret: GIVE,
    }),
  )
  if (token === undefined || token === '')
    throw refusal([
      { where: 'COLLECT_TOKEN', got: 'nothing', allowed: 'the token of the collector, which --join names' },
    ])
  if (!isToken(token)) throw refusal([noToken])
  if (given.includes(token))
    throw refusal([{ where: '--join', got: 'a URL with the token in it', allowed: ALLOWED, fix: GIVE }])
  const url = given.replace(/\/+$/, '')
  const headers = { authorization: `Bearer ${token}` }
  const ask = (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: string | Buffer,
    type = 'application/json',
  ) =>
    request(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
      timeoutMs: TIMEOUT_MS,
      secrets: [token],
    })
  return {
    url,
    token,
    async offer() {
      const answer = await ask('GET', PATHS.run)
      if ('reason' in answer) throw new UserError(`--join: ${url} ${answer.reason}`)
      const offer = answer.status === 200 ? parseJson(answer.text) : undefined
      if (formDamage(offer, OFFER) === undefined) return offer as Offer
      throw refusal([
        answer.status === 401
          ? { where: 'COLLECT_TOKEN', got: 'another token', allowed: `that of the collector at ${url}` }
          : {
              where: '--join',
              got: `${quote(url)}, which is none: it answers ${answer.status}`,
              allowed: ALLOWED,
            },
      ])
    },
    async report(report) {
      const answer = await ask('POST', PATHS.instance, JSON.stringify(report))
      if ('reason' in answer) return undefined
      if (answer.status === 200) return parseJson(answer.text) as Order | undefined
      if (answer.status === 401 || answer.status === 409)
        throw new UserError(`--join: the collector says: ${answer.text}`, EXIT.refused)
      return undefined
    },
    async send(what, id, body, from = 0) {
      const path = `${PATHS[what]}?id=${encodeURIComponent(id)}&from=${from}`
      const { status } = await ask('PUT', path, body, 'application/octet-stream')
      return status === 204 ? 'taken' : status === 413 ? 'full' : 'failed'
    },
  }
}
