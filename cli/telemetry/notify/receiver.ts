import { NOTIFY_FORMS, parseNotify, type NotifyKind } from '../../../config/notify.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { envValue, hostKind } from '../../base/index.ts'

/** Somebody who is told. The URL is a secret: it is shown nowhere. */
export interface Receiver {
  readonly kind: NotifyKind
  readonly url: string
  /** What it is called: `Slack (SLACK_WEBHOOK_URL)`, `Teams at example.webhook.office.com`. */
  readonly name: string
}

const TITLES: Readonly<Record<NotifyKind, string>> = { slack: 'Slack', teams: 'Teams', json: 'the webhook' }

/** A receiver as it is written, with the variables of an environment: who it is, or what is wrong. */
export function receiverOf(
  text: string,
  { env, where }: { env: NodeJS.ProcessEnv; where: string },
): Receiver | Problem {
  const read = parseNotify(text)
  const shown = text.includes('://') ? 'a URL that cannot be read' : quote(text)
  if (read === undefined) return { where, got: shown, allowed: NOTIFY_FORMS }
  const { variable } = read
  const value = variable === undefined ? read.url : envValue(env, variable)
  if (value === undefined)
    return { where, got: `${variable ?? ''}, which is not set`, allowed: 'the name of a variable with a URL' }
  // The variable may say itself what is there.
  const named =
    variable === undefined ? read : { ...parseNotify(value), ...(read.kind ? { kind: read.kind } : {}) }
  const source = variable === undefined ? where : `${where}: ${variable}`
  if (named.url === undefined || !URL.canParse(named.url))
    return { where: source, got: 'what is no http or https URL', allowed: 'the URL of a webhook' }
  const { protocol, hostname, host } = new URL(named.url)
  if (protocol === 'http:' && hostKind(hostname.replace(/^\[|\]$/g, '')) === 'public')
    return {
      where: source,
      got: `http to ${host}, where everybody on the way could read it`,
      allowed: 'https, or http to this machine or a network of your own',
    }
  const kind = named.kind ?? kindOf(hostname)
  return {
    kind,
    url: named.url,
    name: `${TITLES[kind]} ${variable === undefined ? `at ${host}` : `(${variable})`}`,
  }
}

/** Slack and Teams are known by their hosts. */
function kindOf(host: string): NotifyKind {
  if (/(^|\.)slack(-gov)?\.com$/i.test(host)) return 'slack'
  return /(^|\.)(webhook\.office\.com|logic\.azure\.com|api\.powerplatform\.com)$/i.test(host)
    ? 'teams'
    : 'json'
}

/** Whether what was read is no receiver. */
export const isProblem = (read: Receiver | Problem): read is Problem => 'allowed' in read
