import { errorNamed } from './errors.ts'
import { iteration } from './iteration.ts'
import { openStep } from './openStep.ts'
import { isPromise } from './promise.ts'
import { tags } from './vu.ts'

/**
 * Makes a function that runs `body` the first time a VU calls it, and from then on returns what that returned: a login
 * once per VU. It is no step, its samples carry no journey, and its time is no part of the journey's. Where `body` throws
 * (an `ensure`, say) the journey fails, and its next iteration tries again. Sync or async. Throws UsageError inside a step.
 */
export const onceEachVU = <T>(name: string, body: () => T): (() => T) => {
  let kept: { value: T } | undefined
  return () => {
    if (kept) return kept.value
    if (openStep)
      throw errorNamed(
        `"${name}" inside step "${openStep.name}" would count as its time: call it before the step`,
      )
    const leave = enter()
    try {
      const value = body()
      kept = { value }
      if (!isPromise(value)) {
        leave()
        return value
      }
      return value.then(
        (settled) => {
          leave()
          return settled
        },
        (thrown: unknown) => {
          kept = undefined
          leave()
          throw thrown
        },
      ) as T
    } catch (thrown) {
      leave()
      throw thrown
    }
  }
}

/** Leaves the journey; gives what returns to it, its time reckoned as think time is. */
const enter = (): (() => void) => {
  const running = iteration
  const began = Date.now()
  const thought = running?.thought ?? 0
  const ambient = tags()
  const { journey } = ambient
  delete ambient.journey
  return () => {
    if (journey !== undefined) ambient.journey = journey
    if (running) running.thought = thought + Date.now() - began
  }
}
