import type { Draft } from './draft.ts'
import type { Answer } from './exchange.ts'
import { titled } from './headers.ts'
import { heldIn } from './htmlReading.ts'
import { leavesOf } from './jsonReading.ts'
import type { Reading, Source } from './source.ts'
import { nounOf, singular } from './template.ts'
import { textReading } from './textReading.ts'
import { percentDecoded } from '../percent.ts'
import { readJson } from './readJson.ts'

/** Tells of a place where a wanted value is. */
type Tell = (value: string, reading: Reading, names: readonly string[], weight: number) => void

/** Finds values in answers: those of `wanted`, by what they consist of. */
export function sourceFinder(wanted: ReadonlySet<string>) {
  const anchors = new Map<string, string[]>()
  for (const value of wanted) {
    const [anchor] = /[\w-]+/.exec(value) ?? []
    if (anchor !== undefined) anchors.set(anchor, [...(anchors.get(anchor) ?? []), value])
  }
  /** Wanted values that a text has in it. */
  const within = (text: string): string[] => {
    const found = new Set<string>()
    for (const [token] of text.matchAll(/[\w-]+/g))
      for (const value of anchors.get(token) ?? [])
        if (!found.has(value) && text.includes(value)) found.add(value)
    return [...found]
  }

  /** Where an answer has wanted values. */
  return (draft: Draft, at: number, tell: (value: string, source: Source) => void): void => {
    const { answer } = draft.exchange
    if (answer === undefined) return
    const add: Tell = (value, reading, names, weight) => {
      for (const name of names) tell(value, { at, reading, name, weight })
    }
    fromHeaders(answer, wanted, within, add)
    fromUrl(answer, within, add)
    if (answer.text === undefined) return
    const json = /json|graphql/i.test(answer.type) ? readJson(answer.text) : undefined
    if (json === undefined) fromText(answer.text, wanted, within, add)
    else fromJson(json, draft, wanted, within, add)
  }
}

function fromJson(
  json: unknown,
  draft: Draft,
  wanted: ReadonlySet<string>,
  within: (text: string) => string[],
  add: Tell,
): void {
  const noun = singular(nounOf(new URL(draft.exchange.url).pathname)).replaceAll(' ', '')
  for (const { path, names, value, lists } of leavesOf(json, noun)) {
    const text = String(value)
    if (wanted.has(text))
      add(text, { from: 'json', path, number: typeof value === 'number' }, names, 5 - lists)
    else if (typeof value === 'string' && value.length > 4 && path !== '')
      for (const own of within(value)) {
        const found = textReading(value, own)
        if (found !== undefined)
          add(
            own,
            { from: 'text', pattern: found.pattern, index: found.index, inside: { json: path } },
            [found.name, ...names],
            4 - lists,
          )
      }
  }
}

function fromText(
  text: string,
  wanted: ReadonlySet<string>,
  within: (text: string) => string[],
  add: Tell,
): void {
  for (const { kind, name, index, value } of heldIn(text))
    if (wanted.has(value)) add(value, { from: kind, name, index }, [name], 5 - Math.min(index, 1))
  for (const value of within(text)) {
    const found = textReading(text, value)
    if (found === undefined) continue
    const { pattern, index, name } = found
    // `/product/` in front of an id says that it is a product's.
    const names = pattern.includes('\\/') ? [idName(name)] : [name]
    add(value, { from: 'text', pattern, index }, names, index === 0 ? 3 : 2)
  }
}

/** Headers of the network, not of the application. */
const NOISE = /^(?:date|server|via|content-.*|x-request-id|x-trace-id|traceparent|cf-.*|x-amz.*)$/i

function fromHeaders(
  { headers }: Answer,
  wanted: ReadonlySet<string>,
  within: (text: string) => string[],
  add: Tell,
): void {
  for (const [name, value] of headers) {
    if (/^set-cookie$/i.test(name)) {
      for (const line of value.split('\n')) {
        const [, cookie = '', own = ''] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? []
        for (const text of new Set([own, percentDecoded(own)]))
          if (wanted.has(text))
            add(text, { from: 'cookie', name: cookie, encoded: text !== own }, [cookie], 4)
      }
    } else if (!NOISE.test(name)) {
      const header = titled(name)
      if (wanted.has(value)) add(value, { from: 'header', name: header }, [name], 4)
      for (const own of within(value)) {
        const found = own === value ? undefined : textReading(value, own)
        if (found !== undefined)
          add(
            own,
            { from: 'text', pattern: found.pattern, index: found.index, inside: { header } },
            [idName(found.name), found.name],
            4,
          )
      }
    }
  }
}

function fromUrl({ url }: Answer, within: (text: string) => string[], add: Tell): void {
  if (url === undefined) return
  for (const value of within(url)) {
    const found = textReading(url, value)
    if (found !== undefined)
      add(value, { from: 'url', pattern: found.pattern }, [idName(found.name), found.name], 4)
  }
}

/** What `/orders/` in front of an id says that it is. */
const idName = (name: string): string => `${singular(name)}Id`
