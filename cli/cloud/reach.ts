import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { CloudConfig } from '../../config/cloud.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { parseHttpUrl } from '../../config/url.ts'
import { delay, hostKind } from '../base/index.ts'

/** Whether every load zone of a distribution is a private one: the public ones have colons, `amazon:us:ashburn`. */
export function onlyPrivateZones({ distribution = {} }: CloudConfig): boolean {
  const zones = Object.values(distribution)
  return zones.length > 0 && zones.every(({ loadZone }) => !loadZone.includes(':'))
}

/** The problem with a target that load zones do not reach. */
export function cloudReachProblems(target: string, cloud: CloudConfig): Problem[] {
  const host = parseHttpUrl(target)?.host
  const place = host === undefined ? 'public' : hostKind(host)
  if (place === 'public' || (place === 'private' && onlyPrivateZones(cloud))) return []
  return [
    {
      where: 'BASE_URL',
      got: quote(target),
      allowed:
        place === 'loopback'
          ? 'a target that load zones reach: loopback is the load generator itself'
          : 'a target that load zones reach: this one is in a private network',
      fix: `Give a public --base-url, or open a tunnel (--tunnel)${place === 'private' ? ', or name a private load zone in cloud.distribution' : ''}, or run it here: --local-execution.`,
    },
  ]
}

/** Milliseconds for the name server's answer: what it says is only a note. */
const LOOKUP_TIMEOUT_MS = 3000

/** What can be said from here of whether load zones reach a target, as a sentence. */
export async function reachSentence(target: string): Promise<string> {
  const host = parseHttpUrl(target)?.host ?? ''
  if (target === '') return 'the target is the script’s own: whether load zones reach it is not known here'
  if (isIP(host) > 0) return `the target ${target} has ${wordOf(host)} address`
  const addresses = await addressesOf(host)
  if (addresses.length === 0)
    return `the target ${target} has no address that can be found from here: load zones may not reach it`
  const within = addresses.every((address) => hostKind(address) !== 'public')
  return within
    ? `the target ${target} is ${addresses[0]} from here, ${wordOf(addresses[0] ?? '')} address: public load zones reach it only if it is another one from there`
    : `the target ${target} has a public address (${addresses[0]})`
}

const wordOf = (address: string): string =>
  ({ loopback: 'a loopback', private: 'a private', public: 'a public' })[hostKind(address)]

async function addressesOf(host: string): Promise<string[]> {
  const found = new AbortController()
  const late = delay(LOOKUP_TIMEOUT_MS, found.signal).then(() => [])
  const addresses = await Promise.race([lookup(host, { all: true }), late]).catch(() => [])
  found.abort()
  return addresses.map(({ address }) => address)
}
