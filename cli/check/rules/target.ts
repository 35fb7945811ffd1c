import { isIP } from 'node:net'
import { nearest } from '../../../config/problem/nearest.ts'
import { hostKind } from '../../base/index.ts'
import { PLACEHOLDER, variablesOf } from '../../project/index.ts'
import type { Rule } from '../rule.ts'
import type { InitFailure } from '../walk/initFailure.ts'
import { ENDLESS_WALK } from '../walk/walks.ts'

/** Rules about what a place without variables leaves open. */
export const TARGET_RULES: readonly Rule[] = [
  {
    id: 'init',
    severity: 'error',
    looks: 'a top level that throws, without any variable set',
    why: 'exit 107, before anything is sent',
    fix: 'correct it; a value that depends on a variable needs a default',
    find: ({ evaluation, code }) => {
      const { failure, standIns, given } = evaluation ?? { standIns: [], given: {} }
      if (!failure || isForTarget(failure.message) || Object.keys(given).length > 0) return []
      // What stood in for a module may be the reason.
      const unsure = standIns.length > 0
      return [
        {
          ...offsetOf(failure, code),
          got: failure.message,
          ...(ENDLESS_WALK.test(failure.message) && { why: 'k6 waits for it, until the check is killed' }),
          ...(unsure && {
            severity: 'warning',
            why: `perhaps because the check has only a stand-in for ${standIns.join(', ')}`,
          }),
        },
      ]
    },
  },
  {
    id: 'target',
    severity: 'error',
    looks:
      'no target without variables: requests to a relative URL or to the host `undefined`, or an init context that throws',
    why: 'a monitor is given no variables: exit 107, or an exception at the first request',
    fix: 'bake it: `loadwright build --set BASE_URL=https://…`; or write a default',
    find: ({ evaluation, code }) => {
      const { failure, lost = [], given = {} } = evaluation ?? {}
      if (failure && (isForTarget(failure.message) || hasTarget(given)))
        return [{ ...offsetOf(failure, code), got: failure.message }]
      return [...new Set(lost)].map((text) => ({ at: 'a request', got: text }))
    },
  },
  {
    id: 'environment',
    severity: 'warning',
    looks: 'variables that are used as they are, `__ENV.NAME`, without a default',
    why: 'a monitor is given none, nor `env` of scenarios, and a private probe has its own: it is undefined there',
    fix: 'write a default (__ENV.NAME ?? "…"), let the build define it, or take it from k6/secrets',
    find: ({ script, evaluation }) => {
      const { failure, given = {} } = evaluation ?? {}
      const needed = failure && !isForTarget(failure.message)
      return script
        ? variablesOf(script)
            .filter(({ name, guarded }) => !guarded && !name.startsWith('K6_'))
            .map(({ name, node }) => ({
              at: node,
              got: `__ENV.${name}`,
              ...(needed &&
                Object.hasOwn(given, name) && {
                  severity: 'error' as const,
                  why: `exit 107 where it is not set: ${failure.message}`,
                }),
            }))
        : []
    },
  },
  {
    id: 'reachability',
    severity: 'warning',
    looks: 'requests to loopback, to private networks (10/8 above all), to names of a cluster',
    why: 'a public probe cannot reach it; a private one is kept from 10.0.0.0/8 and `*.cluster.local` unless it is told otherwise',
    fix: 'bake a target that probes reach: `loadwright build --set BASE_URL=https://…`',
    find: ({ evaluation }) => {
      const hosts = new Map<string, string>()
      for (const { url } of evaluation?.walks?.well.requests ?? []) {
        const host = hostOf(url)
        const kind = host === undefined || url.startsWith(PLACEHOLDER) ? undefined : privacyOf(host)
        if (host !== undefined && kind !== undefined) hosts.set(host, kind)
      }
      return [...hosts].map(([host, kind]) => ({ at: host, got: kind }))
    },
  },
]

const isForTarget = (message: string): boolean => /\bBASE_URL: got nothing/.test(message)
const hasTarget = (given: Readonly<Record<string, string>>): boolean =>
  Object.entries(given).some(
    ([name, value]) => value === PLACEHOLDER && nearest(name, ['BASE_URL']) !== undefined,
  )

/** A place of a failure as an offset in the code. */
function offsetOf({ line, column = 1 }: InitFailure, code: string): { at?: number } {
  if (line === undefined) return {}
  const before = code.split('\n').slice(0, line - 1)
  return { at: before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1 }
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined
}

/** Why a host is out of a probe's reach; undefined for one that is not. */
function privacyOf(host: string): string | undefined {
  const name = host.replace(/^\[|\]$/g, '')
  if (name.endsWith('.cluster.local')) return 'a name of a cluster'
  const place = hostKind(name)
  if (place !== 'private') return place === 'loopback' ? place : undefined
  if (isIP(name) === 0) return 'a name that only a private network knows'
  return name.startsWith('10.') ? 'an address in 10.0.0.0/8' : 'an address in a private network'
}
