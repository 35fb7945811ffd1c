import { BlockList, isIP } from 'node:net'
import { isLoopback } from '../../config/url.ts'

/** Where a target is, as its host tells: on the machine that asks for it, in a network of its own, or anywhere. */
export type HostKind = 'loopback' | 'private' | 'public'

const LOOPBACK = blockList(['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128'])
/** RFC 1918, 3927, 6598, 4193 and 4291. */
const PRIVATE = blockList([
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'],
  ...['fc00::/7', 'fe80::/10'],
])
/** Names that no public resolver knows: RFC 6761, 6762, 8375, and `internal`, `lan`; or a name without a dot. */
const PRIVATE_NAME = /(^|\.)(local|internal|lan|test|invalid|home\.arpa)$|^[^.:]+$/

function blockList(nets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const net of nets) {
    const [address = '', bits = ''] = net.split('/')
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}

/** The place of a host name or an address. */
export function hostKind(host: string): HostKind {
  const name = host.toLowerCase().replace(/\.$/, '')
  const version = isIP(name)
  if (version === 0) {
    if (isLoopback(name) || name.endsWith('.localhost')) return 'loopback'
    // `127.1` and `0x7f.1` are addresses to a resolver.
    return PRIVATE_NAME.test(name) || /(^|\.)(\d+|0x[\da-f]*)$/.test(name) ? 'private' : 'public'
  }
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (LOOPBACK.check(name, family)) return 'loopback'
  return PRIVATE.check(name, family) ? 'private' : 'public'
}
