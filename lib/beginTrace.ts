import { deferred } from './deferred/index.ts'
import { settings } from './settings.ts'
import { enterTrace, type Trace } from './trace.ts'

/** Begins a trace, in an object that there is or in a new one: 32 hexadecimal digits from a random UUID, whose last 7 bytes are all random. */
export const beginTrace = (trace: Trace = { id: '', flags: '02' }): Trace => {
  const set = settings()
  const ratio = set.TRACE_RATIO
  trace.id = crypto.randomUUID().replaceAll('-', '')
  trace.flags = ratio === 1 || Math.random() < ratio ? '03' : '02'
  if (globalThis.LOADWRIGHT_SPANS !== false && set.SPANS === 'console') deferred().collect(trace)
  enterTrace(trace)
  return trace
}
