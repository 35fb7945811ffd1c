import type { RunRecord } from './runRecord.ts'

/** In a record, the environment of a script for which none was named. */
export const NO_ENVIRONMENT = 'none'

/** Scheme, host and port of a URL, `https://api.example.com`; of gRPC, host and port. Undefined for any other text. */
export function hostIn(text: string): string | undefined {
  const [, url, grpc] =
    /^([a-z]{2,8}:\/\/[^/?#\s@]+)(?:[/?#]|$)|^([\w.-]+:\d{1,5})\//i.exec(
      text.replace(/\/\/[^/?#\s]*@/, '//'),
    ) ?? []
  return (url ?? grpc)?.toLowerCase()
}

/**
 * Whom a run loaded, as its verdict says it: the hosts that it really contacted, and of a suite that made
 * requests its target, which their names do not tell.
 */
export function loadedBy({
  script,
  target,
  hosts = [],
  totals,
}: Pick<RunRecord, 'script' | 'target' | 'hosts' | 'totals'>): string {
  if (script === undefined) {
    const others = hosts.filter((host) => host !== hostIn(target))
    return totals.requests === 0 && others.length > 0 ? others.join(', ') : [target, ...others].join(', ')
  }
  if (hosts.length > 0) return hosts.join(', ')
  return target === '' ? 'a target of its own' : `${target}, unless the script goes elsewhere`
}
