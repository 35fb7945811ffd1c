import type { Exchange } from './exchange.ts'

/** How many requests later the next hop of a redirect may be. */
const MAX_DISTANCE = 30

/** Requests without the hops of redirects, which a client follows by itself: each has the answer of its chain's end. */
export function foldRedirects(all: readonly Exchange[]): { kept: Exchange[]; hops: number } {
  const taken = new Set<Exchange>()
  const kept = all.flatMap((exchange, index): Exchange[] => {
    if (taken.has(exchange)) return []
    let last = exchange
    let at = index
    for (;;) {
      const to = targetOf(last)
      if (to === undefined) break
      const next = all.findIndex(
        (other, own) => own > at && own <= at + MAX_DISTANCE && !taken.has(other) && bare(other.url) === to,
      )
      const hop = all[next]
      if (hop === undefined) break
      taken.add(hop)
      last = hop
      at = next
    }
    if (last === exchange) return [exchange]
    const { answer } = last
    const whole: Exchange = { ...exchange, end: Math.max(exchange.end, last.end) }
    if (answer === undefined) delete whole.answer
    else whole.answer = { ...answer, url: last.url, headers: [...hopHeaders(exchange), ...answer.headers] }
    return [whole]
  })
  return { kept, hops: taken.size }
}

/** Cookies that the first answer of a chain sets are read as those of its end. */
const hopHeaders = ({ answer }: Exchange): (readonly [string, string])[] =>
  answer?.headers.filter(([name]) => /^set-cookie$/i.test(name)).map(([, value]) => ['Set-Cookie', value]) ??
  []

function targetOf({ url, answer }: Exchange): string | undefined {
  if (answer?.location === undefined || answer.status < 301 || answer.status > 308 || answer.status === 304)
    return undefined
  try {
    return bare(new URL(answer.location, url).href)
  } catch {
    return undefined
  }
}

const bare = (url: string): string => url.replace(/#.*$/s, '')
