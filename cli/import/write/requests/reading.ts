import { quoted } from '../../../project/index.ts'
import type { Bound } from '../../traffic/bind.ts'
import type { Inside } from '../../traffic/source.ts'
import { call, raw, type Node } from '../node.ts'

/** Reads a value from an answer, and ends the journey where there is none. */
export function readingNode({ source, name }: Bound, answer: string, client: string): Node {
  return call('given', raw(quoted(name)), raw(readText(source.reading, answer, client)))
}

function readText(reading: Bound['source']['reading'], answer: string, client: string): string {
  switch (reading.from) {
    case 'json':
      return `${answer}.json<${reading.number ? 'number' : 'string'}>(${quoted(reading.path)})`
    case 'input':
    case 'meta': {
      const selector = quoted(`${reading.from}[name="${reading.name.replace(/["\\]/g, '\\$&')}"]`)
      const which = reading.index === 0 ? '' : `.eq(${reading.index})`
      const attribute = reading.from === 'input' ? 'value' : 'content'
      return `${answer}.html(${selector})${which}.attr('${attribute}')`
    }
    case 'header':
      return `${answer}.headers${memberText(reading.name)}`
    case 'cookie': {
      const cookie = `${client}.jar().cookiesForURL(${answer}.url)${memberText(reading.name)}?.[0]`
      return reading.encoded ? `decodeURIComponent(${cookie} ?? '')` : cookie
    }
    case 'url':
      return `/${reading.pattern}/.exec(${answer}.url)?.[1]`
    case 'text': {
      const text = insideText(reading.inside, answer)
      return reading.index === 0
        ? `/${reading.pattern}/.exec(${bare(text)})?.[1]`
        : `[...${text}.matchAll(/${reading.pattern}/g)][${reading.index}]?.[1]`
    }
  }
}

function insideText(inside: Inside | undefined, answer: string): string {
  if (inside === undefined) return `${answer}.body`
  return 'json' in inside
    ? `${answer}.json<string>(${quoted(inside.json)})`
    : `(${answer}.headers${memberText(inside.header)} ?? '')`
}

const memberText = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${quoted(name)}]`

/** Within a call's brackets an expression needs none of its own. */
const bare = (text: string): string => text.replace(/^\((.*)\)$/, '$1')

/** The function that those are read by. */
export const GIVEN = `/** What an answer has to give; without it the journey cannot go on. */
const given = <T>(name: string, value: T | null | undefined): T => {
  if (value === undefined || value === null || value === '') throw new Error(\`the answer has no \${name}\`)
  return value
}`
