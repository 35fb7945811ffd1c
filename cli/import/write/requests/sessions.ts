import type { Plan } from '../../traffic/plan.ts'
import { isKind, isPlain, type Value } from '../../traffic/value.ts'
import type { ClientSource } from './clients.ts'

/** A client that is made in the journey, once an answer has given what its headers need. */
export interface Session {
  variable: string
  client: ClientSource
  /** After which step it is made, from 0. */
  step: number
  header: string
  value: Value
  /** What sends operations of GraphQL by it, by the path that it sends them to. */
  operations: Map<string, string>
}

/** Headers that each request has from some step on: they are said once. */
export function sessionsOf(
  { drafts, groups, bound, names }: Plan,
  clients: ReadonlyMap<string, ClientSource>,
): Session[] {
  const stepOf = (request: number): number => groups.findIndex(({ requests }) => requests.includes(request))
  const sessions: Session[] = []
  for (const [origin, client] of clients) {
    const own = drafts
      .map((draft, at) => ({ draft, at }))
      .filter(({ draft }) => draft.origin === origin && draft.payload?.type !== 'socket')
    const seen = new Set<string>()
    for (const { draft } of own)
      for (const [header, value] of draft.headers) {
        const key = header + JSON.stringify(value)
        if (isPlain(value) || seen.has(key) || sessions.some((one) => one.client === client)) continue
        seen.add(key)
        const needs = bound.filter(({ variable }) =>
          variablesIn(value).some((text) => text.includes(variable)),
        )
        if (needs.length === 0) continue
        const step = Math.max(...needs.map(({ source }) => stepOf(source.at)))
        const later = own.filter(({ at }) => stepOf(at) > step)
        const all = later.every(({ draft: { headers } }) =>
          headers.some((one) => one[0] + JSON.stringify(one[1]) === key),
        )
        if (all && later.length > 1)
          sessions.push({
            variable: names.give('member'),
            client,
            step,
            header,
            value,
            operations: new Map(),
          })
      }
  }
  return sessions
}

function variablesIn(value: Value): string[] {
  if (isKind(value, 'code')) return [value.text]
  return isKind(value, 'mixed')
    ? value.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.text]))
    : []
}
