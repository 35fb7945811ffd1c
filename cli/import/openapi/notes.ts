import { isRecord } from '../../../config/problem/keys.ts'
import { plural } from '../../base/index.ts'
import type { Note } from '../recording.ts'
import type { Plan, Planned } from './plan.ts'
import { own } from './read/place.ts'
import { serverNotes } from './read/servers.ts'
import { isEnd } from './smoke/chosen.ts'
import type { Tries } from './smoke/tries.ts'
import type { Module } from './write/module.ts'

/** What the smoke suite or the client has not, and why. */
export function leftOut(plan: Plan, untried: readonly { operation: Planned; why: string }[]): Note[] {
  const { documents, security } = plan
  const reasons = new Map<string, Planned[]>()
  for (const { operation, why } of untried) reasons.set(why, [...(reasons.get(why) ?? []), operation])
  const webhooks = own(documents.root.value, 'webhooks')
  return [
    ...[...reasons].flatMap(([why, operations]) => [
      {
        text: `${plural(operations.length, 'operation')} ${operations.length === 1 ? 'is' : 'are'} in the client alone: ${why}`,
      },
      ...operations.map(({ id, method, path }) => ({ text: `  ${id} (${method} ${path})` })),
    ]),
    ...[...security.unsent].map(([name, why]) => ({
      text: `the scheme ${name} (${why}): it cannot be sent`,
    })),
    ...(isRecord(webhooks)
      ? [{ text: `${plural(Object.keys(webhooks).length, 'webhook')}: the API calls them` }]
      : []),
  ]
}

/** What a person should look at before the suite is relied on; `secrets` are those that no operation needs that is tried, `steps` how many are tried. */
export function lookAt(
  plan: Plan,
  { pool, first }: Tries,
  { odd }: Module,
  secrets: readonly string[],
  steps: number,
): Note[] {
  const columns = [...pool.columns.keys()]
  const { operations, servers } = plan
  const main = servers[0]?.origin
  const others = new Map(
    operations.flatMap(({ server }) =>
      server.origin === undefined || server.origin === main ? [] : [[server.origin, server] as const],
    ),
  )
  const schemes = new Map(operations.flatMap((operation) => [...operation.schemes]))
  return [
    ...(columns.length > 0
      ? [{ text: `nothing is known of these values, which the pool has: ${columns.join(', ')}` }]
      : []),
    ...serverNotes(servers, [...others.values()]),
    ...[...schemes.values()].flatMap(({ note }) => (note === undefined ? [] : [{ text: note }])),
    ...(odd.length > 0
      ? [{ text: `examples that are not of their schemas are left out: ${odd.join(', ')}` }]
      : []),
    ...(secrets.length > 0
      ? [{ text: `secrets that only other operations need: ${secrets.toSorted().join(', ')}` }]
      : []),
    ...unnamed(plan),
    ...longPass(steps),
    ...first
      .filter(({ operation }) => isEnd(operation))
      .map(({ operation: { id } }) => ({ text: `${id} ends a session, so it is tried last` })),
    ...(first.length === 0 ? [{ text: 'no operation is tried: write steps that call the client' }] : []),
  ]
}

/** Operations without an operationId have names of their paths. */
function unnamed({ operations }: Plan): Note[] {
  const count = operations.filter((operation) => operation.unnamed).length
  return count === 0
    ? []
    : [{ text: `${plural(count, 'operation')} without an operationId: named after method and path` }]
}

/** Requests that a target usually answers within the time budget of a pass. */
const SHORT_PASS = 20

const longPass = (steps: number): Note[] =>
  steps > SHORT_PASS
    ? [
        {
          text: `a pass makes ${steps} requests, which may take longer than its time budget: --time-budget 2m`,
        },
      ]
    : []
