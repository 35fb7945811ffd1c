import { todoLines } from '../todo.ts'
import type { Pair } from '../traffic/exchange.ts'
import type { Names } from '../traffic/names.ts'
import type { Reading } from '../traffic/source.ts'
import { titled } from '../traffic/headers.ts'
import { pathText } from '../traffic/jsonReading.ts'
import type { Access } from './access.ts'
import type { Item } from './collection.ts'
import type { Claim } from './claim.ts'
import { readScript } from './script.ts'
import type { SetVariable } from './variables.ts'

/** A variable that a script sets from an answer. */
export interface ReadVariable extends SetVariable {
  /** Which request's answer. */
  at: number
  reading: Reading
}

/** A variable that a script makes before a request. */
export interface MadeVariable extends SetVariable {
  access: Access
}

/** What the scripts of a collection say. */
export interface Scripts {
  tests: ReadonlyMap<number, readonly { name: string; claim: Claim }[]>
  reads: readonly ReadVariable[]
  made: readonly MadeVariable[]
  /** Headers that scripts give a request. */
  headers: ReadonlyMap<number, readonly Pair[]>
  /** Lines of comments: scripts that no rule could rewrite. */
  kept: ReadonlyMap<number, { before: string[]; after: string[] }>
}

/** Reads the scripts of all requests; `numbers` are names that stand in JSON as numbers. */
export function scriptsOf(items: readonly Item[], names: Names, numbers: ReadonlySet<string>): Scripts {
  const tests = new Map<number, { name: string; claim: Claim }[]>()
  const kept = new Map<number, { before: string[]; after: string[] }>()
  const reads: ReadVariable[] = []
  const made: MadeVariable[] = []
  const headers = new Map<number, readonly Pair[]>()
  // A script of a folder is read once, however many requests it is for.
  const known = new Map<string, ReturnType<typeof readScript>>()
  const told = new Set<string>()
  const readOnce = (code: string): ReturnType<typeof readScript> => {
    const read = known.get(code) ?? readScript(code)
    known.set(code, read)
    return read
  }
  const keep = (at: number, when: 'before' | 'after', code: readonly string[], own: boolean): void => {
    const text = code.join('\n')
    if (text.trim() === '' || (!own && told.has(text))) return
    if (!own) told.add(text)
    const lines = kept.get(at) ?? { before: [], after: [] }
    lines[when].push(
      ...todoLines(
        text,
        `${own ? 'a script of Postman' : 'a script of its folder, for each request'}, ${when} the request, that is not rewritten`,
      ),
    )
    kept.set(at, lines)
  }
  const setVariable = (name: string, from: number): SetVariable => ({
    name,
    from,
    variable: names.give(name, 'Value'),
    number: numbers.has(name),
    uses: new Set(),
  })
  for (const [at, item] of items.entries()) {
    for (const { code, own } of item.before) {
      const read = readOnce(code)
      const rest = [...read.kept]
      headers.set(at, [...(headers.get(at) ?? []), ...read.headers])
      for (const { name, access } of read.sets)
        if (/^(?:literal|made|template)$/.test(access.of)) {
          // What a folder sets is set once, before its first request.
          if (own || !made.some((one) => one.name === name))
            made.push(Object.assign(setVariable(name, at), { access }))
        } else rest.push(`set ${name}`)
      keep(at, 'before', rest, own)
    }
    for (const { code, own } of item.tests) {
      const read = readOnce(code)
      const rest = [...read.kept, ...read.headers.map(([name]) => `pm.request.headers.add ${name}`)]
      tests.set(at, [...(tests.get(at) ?? []), ...read.tests])
      for (const { name, access } of read.sets) {
        const reading = own ? readingOf(access, numbers.has(name)) : undefined
        if (reading !== undefined) reads.push(Object.assign(setVariable(name, at + 1), { at, reading }))
        else if (access.of === 'literal' || access.of === 'made')
          made.push(Object.assign(setVariable(name, at + 1), { access }))
        else rest.push(`pm.variables.set('${name}', …) of what each answer has`)
      }
      keep(at, 'after', rest, own)
    }
  }
  return { tests, reads, made, headers, kept }
}

function readingOf(access: Access, number: boolean): Reading | undefined {
  switch (access.of) {
    case 'json': {
      const path = access.as === 'length' ? [...access.path, '#'] : access.path
      return path.length === 0 ? undefined : { from: 'json', path: pathText(path), number }
    }
    case 'header':
      return { from: 'header', name: titled(access.name) }
    case 'cookie':
      return { from: 'cookie', name: access.name, encoded: false }
    default:
      return undefined
  }
}
