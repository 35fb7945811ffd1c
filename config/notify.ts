import { describe, isRecord, keyProblems, type KeyCheck } from './problem/keys.ts'
import { nearest } from './problem/nearest.ts'
import { quote, type Problem } from './problem/problem.ts'

/** What a receiver of messages understands. */
export const NOTIFY_KINDS = ['slack', 'teams', 'json'] as const
export type NotifyKind = (typeof NOTIFY_KINDS)[number]

/** What is told: what did not pass with the first that passes after it, or everything. */
export const NOTIFY_WHEN = ['problems', 'always'] as const

/** Whom `loadwright run` and `loadwright gate` tell how they ended. */
export interface NotifyConfig {
  /**
   * The name of an environment variable that holds a webhook's URL, such as `SLACK_WEBHOOK_URL`, or a URL that is no
   * secret. `slack:`, `teams:` or `json:` before it says what is there, where its host does not. Several are all told.
   */
  to?: string | readonly string[]
  /** Default: `problems`, which is what did not pass, and the first that passes after it. */
  when?: (typeof NOTIFY_WHEN)[number]
  /** Whom to tell too, where an SLO of one owner falls again and again. */
  escalate?: Escalation
}

/** When failures of one owner's SLOs are told to somebody else. */
export interface Escalation {
  /** In so many of the last runs of a suite in an environment something of the owner fell. */
  after: number
  /** Of so many runs. Default: as many as `after`, so that it fell each time. */
  of?: number
  /** Who is told, written as in `notify.to`. */
  to?: string
  /** Who is told in place of `to`, by owner. */
  owners?: Readonly<Record<string, string>>
}

/** A receiver as it is written: what it understands, if that is said, and its URL or the variable that has it. */
export interface NotifyName {
  readonly kind?: NotifyKind
  readonly url?: string
  readonly variable?: string
}

/** Reads `slack:SLACK_WEBHOOK_URL`, `https://…` and the like; undefined where it is none. */
export const parseNotify = (text: string): NotifyName | undefined => {
  const [, kind, rest = ''] = /^(?:(slack|teams|json):)?(.*)$/s.exec(text.trim()) ?? []
  const known = kind === undefined ? {} : { kind: kind as NotifyKind }
  if (/^https?:\/\/[^\s/]/i.test(rest)) return { ...known, url: rest }
  return /^[A-Za-z_]\w*$/.test(rest) ? { ...known, variable: rest } : undefined
}

/** What a receiver may be written as. */
export const NOTIFY_FORMS =
  'a URL, or the name of an environment variable with one, such as SLACK_WEBHOOK_URL or teams:TEAMS_URL'

/** Hosts whose webhooks are secrets. */
const SECRET_HOSTS =
  /^(hooks\.slack\.com|.*\.(webhook\.office\.com|logic\.azure\.com|api\.powerplatform\.com))$/i

/** What is wrong with a receiver in a config. Of a URL, the host alone is repeated. */
const receiverProblems = (value: unknown, where: string): Problem[] => {
  if (typeof value !== 'string') return [{ where, got: describe(value), allowed: NOTIFY_FORMS }]
  const name = parseNotify(value)
  if (name === undefined) {
    const [, word = ''] = /^(\w+):/.exec(value) ?? []
    const near = nearest(word, NOTIFY_KINDS)
    const got = value.includes('://') ? 'a URL that is none of http or https' : quote(value)
    return [
      { where, got, allowed: NOTIFY_FORMS, ...(near ? { fix: `Did you mean ${quote(`${near}:`)}?` } : {}) },
    ]
  }
  const [, host = ''] = /^https?:\/\/(?:[^/@?#]*@)?([^/:?#]+)/i.exec(name.url ?? '') ?? []
  const isSecret = SECRET_HOSTS.test(host) || /:\/\/[^/?#]*@/.test(name.url ?? '')
  if (!isSecret) return []
  const fix = 'Put it into an environment variable, and write its name.'
  return [{ where, got: `a webhook of ${host}, whose URL is a secret`, allowed: NOTIFY_FORMS, fix }]
}

const isCount: KeyCheck = (value) =>
  Number.isSafeInteger(value) && (value as number) > 0 ? undefined : 'a whole number above 0'
const isAnything: KeyCheck = () => undefined

const NOTIFY_KEYS: Readonly<Record<keyof NotifyConfig, KeyCheck>> = {
  to: isAnything,
  when: (value) => ((NOTIFY_WHEN as readonly unknown[]).includes(value) ? undefined : NOTIFY_WHEN.join(', ')),
  escalate: (value) =>
    isRecord(value) ? undefined : "an object such as { after: 3, to: 'LEADS_WEBHOOK_URL' }",
}
const ESCALATION_KEYS: Readonly<Record<keyof Escalation, KeyCheck>> = {
  after: isCount,
  of: isCount,
  to: isAnything,
  owners: (value) =>
    isRecord(value) ? undefined : "receivers by owner, such as { 'team-orders': 'ORDERS_URL' }",
}

/** Every problem of a config's `notify`, as its author wrote it; `where` says what it is called. */
export const notifyProblems = (value: unknown, where: string): Problem[] => {
  if (!isRecord(value))
    return [{ where, got: describe(value), allowed: "an object such as { to: 'SLACK_WEBHOOK_URL' }" }]
  const { to, escalate } = value
  const all: readonly unknown[] = to === undefined ? [] : Array.isArray(to) ? to : [to]
  return [
    ...keyProblems(value, NOTIFY_KEYS, where),
    ...all.flatMap((one, index) =>
      receiverProblems(one, Array.isArray(to) ? `${where}.to[${index}]` : `${where}.to`),
    ),
    ...(isRecord(escalate) ? escalationProblems(escalate, `${where}.escalate`) : []),
  ]
}

const escalationProblems = (value: Record<string, unknown>, where: string): Problem[] => {
  const { after, of, to, owners } = value
  const problems = keyProblems(value, ESCALATION_KEYS, where, ['after'])
  if (isCount(after) === undefined && isCount(of) === undefined && (of as number) < (after as number))
    problems.push({
      where: `${where}.of`,
      got: String(of),
      allowed: `at least ${String(after)}, which after is`,
    })
  if (to === undefined && (!isRecord(owners) || Object.keys(owners).length === 0))
    problems.push({ where, got: 'nobody to tell', allowed: 'to, or owners' })
  if (to !== undefined) problems.push(...receiverProblems(to, `${where}.to`))
  for (const [owner, one] of Object.entries(isRecord(owners) ? owners : {}))
    problems.push(...receiverProblems(one, `${where}.owners[${quote(owner)}]`))
  return problems
}
