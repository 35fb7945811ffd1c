import { escapeRegExp } from '../../../config/escapeRegExp.ts'
import type { SourcePlace } from '../../record/index.ts'

/** A file of an author's. */
export interface Source {
  file: string
  text: string
}

/** A place in an author's file, and the line there. */
export interface SourceLocation {
  file: string
  line: number
  column: number
  text: string
}

/** The author's files of a bundle, by its source map: neither loadwright's nor a package's. */
export function sourcesOf(map: string): Source[] {
  const {
    sources,
    sourcesContent,
    ignoreList = [],
  } = JSON.parse(map) as {
    sources: string[]
    sourcesContent: (string | null)[]
    ignoreList?: number[]
  }
  return sources.flatMap((file, index) => {
    const text = sourcesContent[index]
    return ignoreList.includes(index) || typeof text !== 'string' ? [] : [{ file, text }]
  })
}

/**
 * Where an author wrote a name, such as a check's: as a text, or as a key of an object. Of several places, the first
 * that stands after the name of its step.
 */
export function locate(sources: readonly Source[], name: string, step?: string): SourceLocation | undefined {
  return best(sources, step, ({ text }) => offsetsOf(text, name))
}

/** Where an author wrote a request of that name: the call, where it holds one request, else the name. */
export function locateRequest(
  sources: readonly Source[],
  name: string,
  step?: string,
): SourceLocation | undefined {
  const called = best(sources, step, ({ text }) =>
    Array.from(text.matchAll(new RegExp(`\\bname\\s*:\\s*${quoted(name)}`, 'gu')), ({ index }) =>
      callAround(text, index),
    ),
  )
  return called ?? locate(sources, name, step)
}

function best(
  sources: readonly Source[],
  step: string | undefined,
  offsets: (source: Source) => number[],
): SourceLocation | undefined {
  const found = sources.flatMap((source) => {
    const steps = step === undefined ? [] : stepsOf(source.text, step)
    return offsets(source).map((offset) => {
      const before = steps.filter((at) => at < offset)
      return { source, offset, distance: before.length === 0 ? Infinity : offset - Math.max(...before) }
    })
  })
  const near = found.toSorted((a, b) => a.distance - b.distance)
  // Without a step before it, the first.
  const first = near[0]?.distance === Infinity ? found[0] : near[0]
  return first && placeAt(first.source, first.offset)
}

const quoted = (name: string): string => {
  const word = escapeRegExp(name)
  return `(['"\`])${word.replaceAll("'", `\\\\?'`).replaceAll('"', `\\\\?"`)}\\1`
}

function offsetsOf(text: string, name: string): number[] {
  const word = escapeRegExp(name)
  const key = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `|(?<![\\w$.'"\`])${word}(?=\\s*:)` : ''
  return Array.from(text.matchAll(new RegExp(`${quoted(name)}${key}`, 'gu')), ({ index }) => index)
}

/** Where a step is opened; where it gets its name from elsewhere, where that stands. */
function stepsOf(text: string, step: string): number[] {
  const opened = text.matchAll(new RegExp(`\\bstep\\s*\\(\\s*${quoted(step)}`, 'gu'))
  const offsets = Array.from(opened, ({ index }) => index)
  return offsets.length > 0 ? offsets : offsetsOf(text, step)
}

/** Characters before a name in which its call begins. */
const MAX_CHARACTERS_BEFORE = 2000

/** The offset of the call whose argument holds an offset; the offset itself in a list of requests. */
function callAround(text: string, offset: number): number {
  let depth = 0
  for (let at = offset - 1; at >= Math.max(0, offset - MAX_CHARACTERS_BEFORE); at--) {
    const letter = text.charAt(at)
    if (/[)\]}]/.test(letter)) depth++
    else if (/[[{(]/.test(letter) && depth > 0) depth--
    else if (letter === '[') return offset
    else if (letter === '(')
      return at - (/[\w$.]+$/.exec(text.slice(Math.max(0, at - 100), at))?.[0].length ?? 0)
  }
  return offset
}

/** A place with its line, where the file is one of those. */
export function locationOf(
  sources: readonly Source[],
  { file, line, column = 1 }: SourcePlace,
): SourceLocation {
  const source = sources.find((one) => one.file === file || one.file.endsWith(`/${file}`))
  const text = source?.text.split('\n')[line - 1] ?? ''
  return { file, line, column, text }
}

function placeAt({ file, text }: Source, offset: number): SourceLocation {
  const before = text.slice(0, offset).split('\n')
  return {
    file,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    text: text.split('\n')[before.length - 1] ?? '',
  }
}
