import type { Variables } from '../../../config/settings/settings.ts'
import type { Evaluated } from '../../../testing/evaluate.ts'
import type { RunOptions } from '../../../testing/run.ts'
import type { Recording } from '../../../testing/types.ts'
import type { IterationWalk } from '../../record/index.ts'
import { lost } from '../build/suiteWalk.ts'

/** A request that an iteration makes. */
export interface AskedRequest {
  name: string
  method: string
  /** Without its query. */
  path: string
  /** How often an iteration makes it, on average. */
  count: number
}

/** Iterations of one journey, which may choose its way by chance, and of a weighted choice: chance then moves a share by about a point. */
const ITERATIONS = 200
const CHOICE_ITERATIONS = 3000

/** An export of one of the modules that the function `walked` of an evaluated entry has, and the journeys that it chooses of. */
interface WalkedExport {
  module: number
  variable: string
  journeys: number
}

/** Walks a journey, or a choice of several, before a target that answers 200. */
export async function walkJourney(
  evaluated: Evaluated,
  env: Variables,
  { module, variable, journeys }: WalkedExport,
): Promise<{ requests: AskedRequest[]; known: IterationWalk['known'] }> {
  const iterations = journeys > 1 ? CHOICE_ITERATIONS : ITERATIONS
  const how: RunOptions & { exec: string } = {
    exec: 'walked',
    // A name of its own: the library remembers the scenario that it is in.
    scenario: { name: `${module}-${variable}`, executor: 'constant-vus' },
    env: {
      RUN_ID: 'evaluated',
      ...(env as Record<string, string>),
      MODULE: String(module),
      EXPORT: variable,
    },
    iterations,
    onError: 'record',
    seed: 1,
  }
  const plain = await evaluated.iterate(how)
  if (!lost(plain)) return { requests: requestsOf(plain, iterations), known: 'walked' }
  const filled = await evaluated.iterate({ ...how, fill: true })
  return lost(filled)
    ? { requests: requestsOf(plain, iterations), known: 'unknown' }
    : { requests: requestsOf(filled, iterations), known: 'least' }
}

function requestsOf({ requests }: Recording, iterations: number): AskedRequest[] {
  const asked = new Map<string, AskedRequest>()
  for (const { method, url, tags } of requests) {
    if (!/^https?:/.test(url)) continue
    const path = url.replace(/^https?:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '') || '/'
    const name = tags.name ?? path
    const key = `${method} ${path} ${name}`
    const one = asked.get(key) ?? { name, method, path, count: 0 }
    asked.set(key, { ...one, count: one.count + 1 })
  }
  return [...asked.values()].map((one) => ({ ...one, count: one.count / iterations }))
}
