/** Virtual time: nothing waits, sleeping and answering move it forward. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** The time for a script that asks: one that asks again and again, and does nothing else, sees it pass. */
  read(): number
  advance(milliseconds: number): void
  set(time: number): void
}

/** Times that a script may ask for without anything else, before it counts as waiting. */
const MAX_READS = 10_000

/** A clock that stands still until it is moved. */
export function createClock(start: number): Clock {
  let time = start
  let asked = 0
  return {
    now: () => time,
    read: () => {
      if (++asked > MAX_READS) time++
      return time
    },
    advance: (milliseconds) => {
      asked = 0
      if (milliseconds > 0) time += milliseconds
    },
    set: (value) => {
      asked = 0
      time = value
    },
  }
}

/** A `Date` whose "now" is the clock's, otherwise the one given. */
export function virtualDate(real: DateConstructor, now: () => number): DateConstructor {
  const whole = () => Math.floor(now())
  return new Proxy(real, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [whole()] : args, newTarget) as object,
    apply: () => new real(whole()).toString(),
    get: (target, key, receiver) => (key === 'now' ? whole : (Reflect.get(target, key, receiver) as unknown)),
  })
}
