import { beginTrace } from './beginTrace.ts'
import type { CATALOG } from './catalog.ts'
import { deferred } from './deferred/index.ts'
import { Trend } from './k6.ts'
import { openStep } from './openStep.ts'
import { isPromise } from './promise.ts'
import { settings } from './settings.ts'

const spanDuration = new Trend('span_duration' satisfies keyof typeof CATALOG, true)

/** Runs `body` and records its time as `span_duration{span}`, in milliseconds; returns what it returns, sync or async. */
export const span = <T>(name: string, body: () => T): T => {
  const began = Date.now()
  const end = (): void => {
    spanDuration.add(Date.now() - began, { span: name })
  }
  const run =
    globalThis.LOADWRIGHT_SPANS !== false && settings().SPANS === 'console'
      ? deferred().spanned(name, body, openStep?.spans ? openStep : beginTrace())
      : body
  let result: T | undefined
  try {
    result = run()
    return isPromise(result) ? (result.finally(end) as T) : result
  } finally {
    if (!isPromise(result)) end()
  }
}
