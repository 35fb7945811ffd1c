import { isUuid } from '../secrets/madeByMachine.ts'
import { code, type Code } from './value.ts'

const DAY_MS = 86_400_000

/** What a page made by itself when it was recorded, as an expression: a time of that day, a UUID of its own. */
export function madeValue(text: string, at: number): Code | undefined {
  if (isUuid(text)) return code('crypto.randomUUID()')
  if (at === 0) return undefined
  const near = (time: number): boolean => Math.abs(time - at) < DAY_MS
  if (/^\d{13}$/.test(text) && near(Number(text))) return code('Date.now()')
  if (/^\d{10}$/.test(text) && near(Number(text) * 1000)) return code('Math.round(Date.now() / 1000)')
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) && near(Date.parse(text)))
    return code('new Date().toISOString()')
  return undefined
}
