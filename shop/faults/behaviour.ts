import { exponential, stream, type Random } from '../random.ts'
import { ROUTES, type Route, type RouteName } from '../routes.ts'
import type { Effect, Fault } from './fault.ts'
import { withDefect } from './pageDefects.ts'

/** How the shop treats one request: after `delayMs` it answers, or fails with `status`. */
export interface Treatment {
  readonly delayMs: number
  /** The connection is cut in place of an answer. */
  readonly dropped?: true
  readonly failure?: { readonly status: 500 | 503; readonly cause: string }
}

/** The faults at work, with their state: draws, queue, first request. */
export interface Behaviour {
  readonly faults: readonly string[]
  readonly isMissing: (productId: string) => boolean
  /** Draws what happens to the next request of a route. */
  readonly treat: (route: Route) => Treatment
  /** A page of a route with the defects that are at work there. */
  readonly page: (route: RouteName, html: string) => string
  /** Draws whether a redirect loses its Location. */
  readonly losesRedirect: () => boolean
}

/** Input of a behaviour besides faults; `now` is a clock in ms. */
export interface Conditions {
  readonly seed: number
  /** Multiplies the time that routes need by themselves; 0 answers at once. */
  readonly serviceTime: number
  readonly now: () => number
}

const LONGEST_WAIT_MS = 10_000

type Draw = (random: Random) => number
type Chance = readonly [share: number, random: Random, text: string]

/** Faults as a behaviour; the same seed gives each route the same sequence of draws. */
export function behave(faults: readonly Fault[], { seed, serviceTime, now }: Conditions): Behaviour {
  const only = <K extends Effect['kind']>(kind: K) =>
    faults.filter((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind)

  const delays = new Map<RouteName, (readonly [Draw, Random])[]>()
  const chances = new Map<RouteName, Chance[]>()
  for (const { name, serviceMs } of ROUTES) {
    const delay = only('latency').filter((fault) => fault.routes.includes(name))
    const own: Draw = (random) => serviceMs * serviceTime * (0.5 + random())
    const draws = [...(serviceMs * serviceTime > 0 ? [own] : []), ...delay.map((fault) => fault.delay)]
    delays.set(
      name,
      draws.map((draw, index) => [draw, stream(seed, `delay ${index} ${name}`)]),
    )
    const errors = only('errors').filter((fault) => fault.routes.includes(name))
    chances.set(
      name,
      errors.map(({ share, text }, index) => [share, stream(seed, `error ${index} ${name}`), text]),
    )
  }

  const drops = only('drop').map(({ routes, share }, index) => {
    const draws = new Map(routes.map((name) => [name, stream(seed, `drop ${index} ${name}`)]))
    return (name: RouteName): boolean => (draws.get(name)?.() ?? 1) < share
  })

  const missing = new Set(only('missing-products').flatMap((fault) => fault.ids))
  const warmUp = only('warm-up')[0]
  const growth = (only('drift')[0]?.percentPerMinute ?? 0) / 100 / 60_000
  const queue = makeQueue(only('capacity')[0]?.perSecond, stream(seed, 'queue'))
  const overloaded = makeLimit(only('errors-above')[0], stream(seed, 'limit'))
  const defects = only('page')
  const loss = only('redirect-loss')[0]?.share ?? 0
  const lost = stream(seed, 'redirect')
  let first: number | undefined

  function factor(time: number): number {
    const elapsed = time - (first ?? time)
    const left = warmUp === undefined ? 0 : Math.max(0, 1 - elapsed / 1000 / warmUp.seconds)
    return (1 + ((warmUp?.factor ?? 1) - 1) * left) * (1 + growth * elapsed)
  }

  return {
    faults: faults.map((fault) => fault.text),
    isMissing: (id) => missing.has(id),
    treat(route) {
      const time = now()
      if (route.shopping) first ??= time
      const waitMs = route.shopping ? queue(time) : 0
      if (waitMs === undefined)
        return { delayMs: 0, failure: { status: 503, cause: 'the queue is longer than 10 s' } }
      if (route.shopping && overloaded(time))
        return { delayMs: 0, failure: { status: 503, cause: 'more requests than it can take' } }
      let serviceMs = 0
      for (const [draw, random] of delays.get(route.name) ?? []) serviceMs += draw(random)
      const delayMs = waitMs + serviceMs * factor(time)
      let cause: string | undefined
      for (const [share, random, text] of chances.get(route.name) ?? []) if (random() < share) cause ??= text
      if (drops.filter((drop) => drop(route.name)).length > 0) return { delayMs, dropped: true }
      return cause === undefined ? { delayMs } : { delayMs, failure: { status: 500, cause } }
    },
    page: (route, html) =>
      defects.reduce(
        (page, { routes, defect }) => (routes.includes(route) ? withDefect(page, defect) : page),
        html,
      ),
    losesRedirect: () => loss > 0 && lost() < loss,
  }
}

/** Time in a single-server queue, service included; undefined when the line is too long to join. */
function makeQueue(perSecond: number | undefined, random: Random): (time: number) => number | undefined {
  if (perSecond === undefined) return () => 0
  let free = 0
  return (time) => {
    const start = Math.max(time, free)
    if (start - time > LONGEST_WAIT_MS) return undefined
    free = start + (exponential(random) * 1000) / perSecond
    return free - time
  }
}

/** Draws whether a request fails because more than `perSecond` came in the second before it, itself included. */
function makeLimit(
  fault: { readonly perSecond: number; readonly share: number } | undefined,
  random: Random,
): (time: number) => boolean {
  if (!fault) return () => false
  const recent: number[] = []
  return (time) => {
    recent.push(time)
    while ((recent[0] ?? time) <= time - 1000) recent.shift()
    return recent.length > fault.perSecond && random() < fault.share
  }
}
