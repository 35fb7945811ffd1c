import { quote, type Problem } from '../../../config/problem/problem.ts'
import { hostKind } from '../../base/index.ts'
import type { DeclaredMonitor } from '../../project/index.ts'

/** The host of a URL as the network sees it: `http://2130706433` is 127.0.0.1. */
export const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : ''

/** Problems of monitors whose target a public probe cannot reach. */
export function probeReachProblems(
  monitors: readonly DeclaredMonitor[],
  isPublic: (probe: string) => boolean,
): Problem[] {
  return monitors.flatMap(({ suite, target, probes }) => {
    const far = probes.filter(isPublic)
    if (far.length === 0 || hostKind(hostOf(target)) === 'public') return []
    return [
      {
        where: `monitors.${suite}.target`,
        got: quote(target),
        allowed: `what Grafana's public probes (${far.join(', ')}) can reach from the internet`,
        fix: 'Name a private probe of your own network instead, or a public address (a tunnel is one).',
      },
    ]
  })
}
