import { namedIn, type Named } from '../../../config/namedIn.ts'
import { parseJson, unquoted } from '../../base/index.ts'
import { formDecoded } from '../percent.ts'
import { isRandom } from '../secrets/madeByMachine.ts'
import { isSecretName, maySecretName } from '../secrets/secretName.ts'
import { entitiesIn } from './htmlReading.ts'
import { changedNumber, mapJsonText, quotedAgain } from './jsonText.ts'
import { inPieces, SIGNS, throughSigns } from './signs.ts'
import { code, isKind, mixed, type Change, type Code, type Mixed, type Value } from './value.ts'

/** A text with each value in it replaced that stands under a name: of JSON, XML, a query, code or lines; the rest by `name`. */
export const mapText = (value: string | Mixed, name: string, change: Change): Value =>
  throughSigns(value, (text) => mapParts(text, name, inPieces(change)))

function mapParts(text: string, name: string, change: Change): Value {
  const inner: Change = (own, key) =>
    typeof own === 'string' ? mapParts(own, key, change) : change(own, key)
  const [, before = '', json = '', after = ''] = /^([^[{]*)([[{].*[\]}])([^\]}]*)$/s.exec(text) ?? []
  const isParsed = isJson(json)
  const isAlone = isParsed && /^\d*\s*$/.test(before) && after.trim() === ''
  if (!isAlone && isWhole(name, text)) return change(text, name)
  if (isParsed) {
    const own = /([\w.-]+)\s*[:=]\s*$/.exec(before)?.[1] ?? name
    return mixed([mapPiece(before, change), mapJsonText(json, own, inner), mapPiece(after, change)])
  }
  const lines = json === '' ? [] : text.split(/\r?(\n)/)
  if (lines.length > 1 && lines.every((line) => line.trim() === '' || isJson(line)))
    return mixed(lines.map((line) => (line.trim() === '' ? line : mapJsonText(line, name, inner))))
  const named = namedIn(text)
  if (named.length === 0) return change(text, name)
  const parts: Value[] = []
  let at = 0
  for (const one of named) {
    parts.push(rest(text.slice(at, one.from), change), placed(one, text.slice(one.from, one.to), inner))
    at = one.to
  }
  return mixed([...parts, rest(text.slice(at), change)])
}

/** Whether a text is JSON: an expression in it stands for a text or a number. */
const isJson = (text: string): boolean => text !== '' && parseJson(text.replace(SIGNS, '0')) !== undefined

/** What stands around JSON. */
const mapPiece = (text: string, change: Change): Value => (text === '' ? '' : mapParts(text, '', change))

/** Whether a text is a secret with signs in it that would be a value under a name elsewhere: `password: 'a=b'`. */
const isWhole = (name: string, text: string): boolean =>
  isSecretName(name) || (maySecretName(name) && isRandom(text))

const rest = (text: string, change: Change): Value => (text === '' ? text : change(text, ''))

/** What is sent in the place of a value, as its place takes it. */
function placed({ name, text, place }: Named, source: string, change: Change): Value {
  switch (place) {
    case 'number': {
      return changedNumber(source, name, change)
    }
    case 'json': {
      const own = unquoted(source)
      return quotedAgain(source, own, change(own, name))
    }
    case 'query':
      return escaped(source, formDecoded(text), name, change, encoded, (one) => `encodeURIComponent(${one})`)
    case 'xml': {
      const own = entitiesIn(text)
      return escaped(source, own, name, change, xmlText, (one) =>
        own === text ? one : `${one}.replaceAll('&', '&amp;').replaceAll('<', '&lt;')`,
      )
    }
    case 'plain':
      return change(text, name)
  }
}

function escaped(
  source: string,
  own: string,
  name: string,
  change: Change,
  text: (part: string) => string,
  expression: (code: string) => string,
): Value {
  const value = change(own, name)
  if (value === own) return source
  const part = (one: string | Code): Value =>
    typeof one === 'string' ? text(one) : code(expression(one.text))
  if (isKind(value, 'mixed')) return mixed(value.parts.map(part))
  return typeof value === 'string' || isKind(value, 'code') ? part(value) : source
}

/** Signs are no part of what is encoded. */
const encoded = (text: string): string =>
  text.replace(/[^\uE000-\uF8FF]+/g, (part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '')))
const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
