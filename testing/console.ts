import type { Core } from './core.ts'
import { asText } from './text.ts'

/** A `console` like k6's: each line is recorded, nothing is printed. */
export function createConsole(core: Core): Record<string, (...args: unknown[]) => void> {
  const at =
    (level: string) =>
    (...args: unknown[]) =>
      void core.seen.logs.push({ level, text: args.map(text).join(' ') })
  return { log: at('info'), info: at('info'), debug: at('debug'), warn: at('warn'), error: at('error') }
}

const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1)

/** A value as k6's console writes it. */
function text(value: unknown): string {
  if (typeof value === 'function') return '[object Function]'
  return typeof value === 'object' && value !== null ? inspect(value, new Set()) : asText(value)
}

function inspect(value: unknown, seen: Set<object>): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'function') return '[object Function]'
  if (typeof value === 'string') return `"${value}"`
  if (typeof value !== 'object') return asText(value)
  if (seen.has(value)) return '[Circular]'
  if (tagOf(value) === 'Error') return (value as Error).toString()
  if (ArrayBuffer.isView(value)) return view(value)
  const inside = new Set(seen).add(value)
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[ ${value.map((item: unknown) => inspect(item, inside)).join(', ')} ]`
  }
  const entries = Object.entries(value)
  if (entries.length > 0)
    return `{ ${entries.map(([key, item]) => `${key}: ${inspect(item, inside)}`).join(', ')} }`
  return tagOf(value) === 'Date' ? `"${(value as Date).toISOString()}"` : '{}'
}

function view(value: ArrayBufferView): string {
  const items = Array.from(value as unknown as ArrayLike<unknown>)
  return `${tagOf(value)}(${items.length}) ${items.length === 0 ? '[]' : `[ ${items.join(', ')} ]`}`
}
