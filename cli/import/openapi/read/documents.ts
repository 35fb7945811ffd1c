import { dirname, join } from 'node:path'
import { isRecord } from '../../../../config/problem/keys.ts'
import { quote, sentence } from '../../../../config/problem/problem.ts'
import { refusal } from '../../../base/index.ts'
import { readText } from '../../readText.ts'
import { lineOf, parse } from './parse.ts'
import { child, own, type Place } from './place.ts'
import { pointerOf, type Pointer } from './pointer.ts'

/** An API has some files beside its first. */
const MAX_FILES = 5000
/** Problems that are told. */
const MAX_PROBLEMS = 20
/** What values nest at most: types are found by walking them. */
const MAX_DEPTH = 200

/** A document with the files that it refers to. */
export interface Documents {
  root: Place
  /** The place that a reference leads to, or the place itself where it is none. One that leads nowhere has no value. */
  follow: (place: Place) => Place
  /** Notes a problem of a place: `got` and `allowed`, and what to write instead. */
  problem: (place: Place, got: string, allowed: string, fix?: string) => void
  /** Throws UserError with each problem that was noted, if there is one. */
  refuse: () => void
}

/** Reads a document, and the files of its folder that it refers to. Throws UserError where one cannot be read. */
export async function readDocuments(path: string, file: string, text: string): Promise<Documents> {
  const texts = new Map([[file, text]])
  const values = new Map([[file, parse(text, file)]])
  const unread = new Map<string, string>()
  for (const [from, value] of values)
    for (const { file: other } of pointersIn(value, from)) {
      if (other === undefined || values.has(other) || unread.has(other)) continue
      if (values.size >= MAX_FILES) {
        unread.set(other, `more than ${MAX_FILES} files`)
        continue
      }
      try {
        const more = await readText(join(dirname(path), other), other)
        values.set(other, parse(more, other))
        texts.set(other, more)
      } catch (error) {
        unread.set(other, (error as Error).message)
      }
    }

  const problems = new Set<string>()
  const problem: Documents['problem'] = (place, got, allowed, fix) => {
    if (problems.size >= MAX_PROBLEMS) return
    const line = lineOf(texts.get(place.file) ?? '', place.file, place.path)
    const where = `${place.file}:${line}: ${place.path.join('.').slice(0, 120)}`
    problems.add(sentence({ where, got, allowed, ...(fix === undefined ? undefined : { fix }) }))
  }

  const follow = (place: Place): Place => {
    let at = place
    for (let steps = 0; ; steps++) {
      const reference = own(at.value, '$ref')
      if (typeof reference !== 'string') return at
      const nowhere = { ...at, value: undefined }
      const pointer = pointerOf(reference, at.file)
      const from = child(at, '$ref')
      if (steps > 50) {
        problem(from, `${quote(reference)}, which leads back to itself`, 'a reference that ends at a value')
        return nowhere
      }
      const next = pointer.why === undefined ? valueAt(pointer, values) : undefined
      if (next === undefined) {
        const why = pointer.why ?? unread.get(pointer.file ?? '') ?? 'there is no such part'
        problem(
          from,
          `${quote(reference)}: ${why}`,
          'a part of this document, or of a file in its folder',
          pointer.fix,
        )
        return nowhere
      }
      at = next
    }
  }

  return {
    root: { file, path: [], value: values.get(file) },
    follow,
    problem,
    refuse: () => {
      if (problems.size > 0) throw refusal([...problems])
    },
  }
}

function valueAt({ file = '', path }: Pointer, values: ReadonlyMap<string, unknown>): Place | undefined {
  let place: Place = { file, path: [], value: values.get(file) }
  for (const key of path) place = child(place, key)
  return place.value === undefined ? undefined : place
}

/** Each reference in a value to another file. */
function* pointersIn(value: unknown, file: string, depth = 0): Generator<Pointer> {
  if (depth > MAX_DEPTH) return
  if (Array.isArray(value)) for (const item of value) yield* pointersIn(item, file, depth + 1)
  else if (isRecord(value)) {
    const reference = own(value, '$ref')
    if (typeof reference === 'string' && !reference.startsWith('#')) {
      const pointer = pointerOf(reference, file)
      if (pointer.why === undefined) yield pointer
    }
    for (const item of Object.values(value)) yield* pointersIn(item, file, depth + 1)
  }
}
