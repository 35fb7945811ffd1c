import { isPromise } from './errors.ts'
import { spanDuration } from './metrics.ts'

/** Runs `body` and records its time as `span_duration{span}`, in milliseconds; returns what it returns, sync or async. */
export function span<T>(name: string, body: () => T): T {
  const began = Date.now()
  const end = (): void => {
    spanDuration.add(Date.now() - began, { span: name })
  }
  let result: T | undefined
  try {
    result = body()
    return isPromise(result) ? (result.finally(end) as T) : result
  } finally {
    if (!isPromise(result)) end()
  }
}
