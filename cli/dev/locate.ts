/** A file of an author's. */
export interface Source {
  file: string
  text: string
}

/** A place in an author's file, and the line there. */
export interface Place {
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
export function locate(sources: readonly Source[], name: string, step?: string): Place | undefined {
  const found = sources.flatMap((source) => {
    const offsets = offsetsOf(source.text, name)
    const steps = step === undefined ? [] : offsetsOf(source.text, step)
    return offsets.map((offset) => ({ source, offset, near: steps.some((at) => at < offset) }))
  })
  const best = found.find(({ near }) => near) ?? found[0]
  return best && placeAt(best.source, best.offset)
}

function offsetsOf(text: string, name: string): number[] {
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const quoted = `(['"\`])${word.replaceAll("'", `\\\\?'`).replaceAll('"', `\\\\?"`)}\\1`
  const key = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `|(?<![\\w$.'"\`])${word}(?=\\s*:)` : ''
  return Array.from(text.matchAll(new RegExp(`${quoted}${key}`, 'gu')), ({ index }) => index)
}

function placeAt({ file, text }: Source, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return {
    ...{ file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
    text: text.split('\n')[before.length - 1] ?? '',
  }
}
