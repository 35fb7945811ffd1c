import type { Environment } from '../environments.ts'
import { quote, type Problem } from '../problem/problem.ts'
import { hostMatches, isLoopback, parseHttpUrl } from '../url.ts'

/** The problem with a URL whose host an environment does not list; none for loopback. */
export const hostProblems = (where: string, url: string, { hosts }: Environment, name: string): Problem[] => {
  const host = parseHttpUrl(url)?.host
  if (host && (isLoopback(host) || hostMatches(host, hosts))) return []
  return [
    {
      where,
      got: quote(host ?? url),
      allowed: `in ${name}: ${['loopback', ...hosts].join(', ')}`,
      fix: `Add the host to environments.${name}.hosts in loadwright.config.ts if it may be loaded.`,
    },
  ]
}
