import { active } from './active.ts'
import type { RunOptions } from './run.ts'
import type { Recording, Sample } from './types.ts'

/** A step of a journey, as it ended. */
export interface RehearsedStep {
  name: string
  /** Whether it reached its end. */
  ok: boolean
  /** Milliseconds of virtual time. */
  duration: number
}

/** What a function did that was rehearsed. */
export interface Rehearsal extends Recording {
  /** In the order in which they ended. */
  steps: RehearsedStep[]
}

/**
 * Runs a journey, a suite, or any function k6 would call, as VU code in the active double, and gives what it did.
 * Time is virtual meanwhile: `Date`, timers, `sleep` and answers never wait; `console` is recorded.
 * Rejects with the first error the function threw, unless `onError: 'record'`; what ended a journey, which goes on, stands
 * in `errors`. A suite gets `data` as its own `setup` hands it on.
 *
 * @example
 * const seen = await rehearse(checkout, { respond: ({ url }) => ({ status: url.endsWith('/cart') ? 200 : 404 }) })
 * expect(seen.checks.every(({ ok }) => ok)).toBe(true)
 */
export async function rehearse(entry: (data?: never) => unknown, options?: RunOptions): Promise<Rehearsal> {
  const seen = await active().run(entry, { ...options, ...handed(entry, options) })
  return { ...seen, errors: [...seen.errors, ...endedBy(seen.logs)], steps: stepsOf(seen.samples) }
}

/** The data of a suite, in what its `setup` wraps it in. */
function handed(entry: object, { data, as = 'iteration' }: RunOptions = {}): Pick<RunOptions, 'data'> {
  if (!('definition' in entry) || data === undefined || as !== 'iteration') return {}
  const wrapped = typeof data === 'object' && data !== null && 'run' in data && 'bad' in data
  return wrapped ? {} : { data: { run: 'rehearsal', bad: {}, data } }
}

/** The errors that ended journeys: a journey reports them on the console, and is not thrown out of. */
function endedBy(logs: Recording['logs']): Error[] {
  return logs.flatMap(({ text }) => {
    if (!text.includes('"loadwright":"failure"')) return []
    const { kind, what } = JSON.parse(text) as { kind?: string; what?: string }
    if (kind !== 'error' || what === undefined) return []
    const [, name = 'Error', message = what] = /^(\w*Error): (.*)$/s.exec(what) ?? []
    return [Object.assign(new Error(message), { name })]
  })
}

/** The steps that samples tell of: each ends with its duration, and then, if it came to its end, with a count. */
function stepsOf(samples: readonly Sample[]): RehearsedStep[] {
  const steps: RehearsedStep[] = []
  for (const { metric, value, tags } of samples) {
    const last = steps.at(-1)
    if (metric === 'group_duration' && tags.step !== undefined)
      steps.push({ name: tags.step, ok: false, duration: value })
    else if (metric === 'steps_completed' && last) last.ok = true
  }
  return steps
}
