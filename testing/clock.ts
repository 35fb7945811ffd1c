/** Virtual time: nothing waits, sleeping and answering move it forward. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  advance(milliseconds: number): void
  set(time: number): void
}

/** A clock that stands still until it is moved. */
export function createClock(start: number): Clock {
  let time = start
  return {
    now: () => time,
    advance: (milliseconds) => {
      if (milliseconds > 0) time += milliseconds
    },
    set: (value) => {
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
