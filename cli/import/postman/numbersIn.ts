import { isRecord, textAt } from '../studio/raw.ts'
import type { Item } from './collection.ts'

/** Names of variables that stand in JSON without quotes: numbers. */
export function numbersIn(items: readonly Item[]): Set<string> {
  const names = new Set<string>()
  for (const { request } of items) {
    const raw =
      isRecord(request.body) && request.body.mode === 'raw' ? (textAt(request.body, 'raw') ?? '') : ''
    if (!/^\s*[{[]/.test(raw)) continue
    const outside = raw.split(/"(?:[^"\\]|\\.)*"/s)
    for (const part of outside)
      for (const [, name = ''] of part.matchAll(/\{\{([^{}]+)\}\}/g)) names.add(name.trim())
  }
  return names
}
