import type { SentRequest } from '../../../testing/types.ts'
import type { ScriptPlace, Rule, Subject } from '../rule.ts'
import { TIMEOUT, type Walk } from '../../project/index.ts'
import { isDynamic } from './dynamicUrls.ts'

const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 100) / 10} s`

/** Rules about requests and the time that they take. */
export const REQUEST_RULES: readonly Rule[] = [
  {
    id: 'request-name',
    severity: 'warning',
    looks: 'requests without a `name` whose URL is put together: an id, a query, a time in it',
    why: 'the URL becomes the name: 17 series for each one, and new ones with every id',
    fix: "name it: http.get(url, { tags: { name: 'product' } }), or make it with the tag function http.url",
    find: (subject) => unnamed(subject),
  },
  {
    id: 'request-timeout',
    severity: 'warning',
    looks: 'requests that may take longer than the check (k6’s own timeout is 60 s; a check’s usually 15 s)',
    why: 'a target that does not answer gets the check killed, and a killed check publishes no metrics at all',
    fix: "give each request a timeout below the check's: { timeout: '5s' }",
    find: ({ evaluation, timeout }) => {
      const all = evaluation?.walks?.well.requests ?? []
      // A socket of the library's asks in time whether anybody is there, before it begins a handshake.
      const asked = new Set(
        all.flatMap(({ tags, url, timeout: own }) =>
          tags.name === 'preflight' && own <= timeout ? [url.replace(/^http/, 'ws')] : [],
        ),
      )
      const slow = all.filter((request) => request.timeout > timeout && !asked.has(request.url))
      const names = [...new Set(slow.map(nameOfRequest))]
      return names.length === 0
        ? []
        : [
            {
              at: names.slice(0, 3).join(', '),
              got: `${seconds(slow[0]?.timeout ?? 0)}, in a check of ${seconds(timeout)}`,
            },
          ]
    },
  },
  {
    id: 'duration',
    severity: 'warning',
    looks: 'a pass that takes longer than the check, sleeps above all, although the target answers at once',
    why: 'the agent kills it at the timeout, and a killed check publishes no metrics at all',
    fix: 'sleep less in a monitor; a check may take 180 s at most',
    find: ({ evaluation, timeout }) => {
      const took = (evaluation?.walks?.well.seconds ?? 0) * 1000
      if (took <= timeout) return []
      const never = took > TIMEOUT.most ? { severity: 'error' as const } : {}
      return [{ at: 'the pass', got: `${seconds(took)}, in a check of ${seconds(timeout)}`, ...never }]
    },
  },
]

const nameOfRequest = ({ tags, url }: SentRequest): string => tags.name ?? url

function unnamed(subject: Subject): ScriptPlace[] {
  const { well, repeated } = subject.evaluation?.walks ?? {}
  const varying =
    repeated && well?.requests.some(({ tags }) => tags.name === undefined) ? varyingUrls(repeated) : []
  if (varying.length > 0)
    return varying.map((url) => ({ at: url, got: 'a URL that differs in each iteration' }))
  const nameless = well?.requests.filter(({ tags }) => tags.name === undefined) ?? []
  // Where it was walked and every request has its name, what the text leaves open is settled.
  if (!subject.script || (well && well.requests.length > 0 && nameless.length === 0)) return []
  const { script } = subject
  return script.calls
    .filter((call) => isDynamic(call, script))
    .map(({ node }) => ({ at: node, got: 'a URL that is put together' }))
}

/** The URLs that one iteration asks for and the next does not, by their constant beginning. */
function varyingUrls({ passes }: Walk): string[] {
  const beginnings = new Set<string>()
  for (const { requests } of passes) {
    const byIteration = new Map<number, string[]>()
    for (const { url, iteration, tags, redirected } of requests)
      if (tags.name === undefined && !redirected)
        byIteration.set(iteration, [...(byIteration.get(iteration) ?? []), url])
    const [first = [], ...others] = byIteration.values()
    for (const urls of others)
      for (const [index, url] of urls.entries()) {
        const before = first[index]
        if (before !== undefined && before !== url) beginnings.add(`${common(before, url)}…`)
      }
  }
  return [...beginnings]
}

function common(a: string, b: string): string {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return a.slice(0, length)
}
