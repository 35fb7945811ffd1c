import { quoted } from '../../project/index.ts'
import { titled } from '../traffic/headers.ts'
import { pathText } from '../traffic/jsonReading.ts'
import type { Access } from './access.ts'
import type { Claim, Operand } from './claim.ts'

/** A value as an expression on `response`, and what is known of its type. */
interface Value {
  text: string
  /** As a list or a text, whatever it is in JSON: both have `includes` and a length. */
  list: string
  type: 'any' | 'number' | 'text'
  /** Whether it may be missing. */
  optional: boolean
}

/** What a claim says as an expression on `response`, false where the value is missing; undefined where none can say it. */
export function expressionOf(claim: Claim, texts: readonly string[]): string | undefined {
  const value = valueOf(claim.access)
  const { comparison, operands } = claim
  const [operand] = operands
  if (value === undefined) return undefined
  // A variable is a text, which is compared with a number as one.
  const isNumber = value.type === 'number' || comparison in SIGNS
  const own = texts.map((text, at) => (isNumber && isText(operands[at]) ? numberText(text) : text))
  const [first] = own
  return operand === undefined || first === undefined
    ? ofItself(claim, value)
    : besides(claim, value, operand, first, own)
}

/** A number in a text is one without it. */
const numberText = (text: string): string => /^`\$\{(\w+)\}`$/.exec(text)?.[1] ?? `Number(${text})`

const isText = (operand: Operand | undefined): boolean => operand?.of === 'given' && operand.as !== 'number'

/** What is claimed of a value alone; nothing of one that is always there. */
function ofItself({ comparison, not }: Claim, value: Value): string | undefined {
  const { text, type, optional } = value
  const isAny = comparison === 'truthy' || comparison === 'empty'
  // A text that is there is at least not empty.
  if (!optional)
    return type === 'text' && isAny
      ? `${text}.length ${(comparison === 'empty') === not ? '>' : '==='} 0`
      : undefined
  switch (comparison) {
    case 'defined':
      return `${text} ${not ? '===' : '!=='} undefined`
    case 'exist':
      return `${text} ${not ? '==' : '!='} null`
    case 'truthy':
      return not ? `!${text}` : `Boolean(${text})`
    case 'empty':
      return not ? `Object.keys(${text} ?? {}).length > 0` : `Object.keys(${text} ?? 'missing').length === 0`
    default:
      return undefined
  }
}

function besides(
  claim: Claim,
  value: Value,
  operand: Operand,
  first: string,
  texts: readonly string[],
): string | undefined {
  const { comparison, not, operands, loose } = claim
  const { text, list, type, optional } = value
  const isList = operand.of === 'list'
  const whole = optional ? `${text} ?? ''` : text
  switch (comparison) {
    case 'equal': {
      if (!fits(type, operand)) return undefined
      const sign = `${not ? '!' : '='}=${loose === true ? '' : '='}`
      return isList ? `JSON.stringify(${text}) ${sign} ${first}` : `${text} ${sign} ${first}`
    }
    case 'oneOf': {
      if (!operands.every((one) => fits(type, one))) return undefined
      const all = `${not ? '!' : ''}[${texts.join(', ')}]`
      return type === 'number' && !optional
        ? `${all}.includes(${text})`
        : `${all}.some((one) => one === ${text})`
    }
    case 'below':
    case 'most':
    case 'above':
    case 'least': {
      if (type === 'text' || !fits('number', operand)) return undefined
      // What is missing is no number, which nothing holds of; null would be 0.
      const number = type === 'any' ? `Number(${text} ?? NaN)` : optional ? `Number(${text})` : text
      return `${number} ${SIGNS[comparison][not ? 1 : 0]} ${first}`
    }
    case 'include':
      if (type === 'number' || isList || !fits(type, operand)) return undefined
      return optional
        ? `${list}?.includes(${first}) === ${String(!not)}`
        : `${not ? '!' : ''}${text}.includes(${first})`
    case 'match':
      return operand.of === 'pattern' ? `${not ? '!' : ''}${first}.test(String(${whole}))` : undefined
    case 'type':
      return type === 'any' && operand.of === 'literal'
        ? typeText(text, String(operand.value), not)
        : undefined
    default:
      return undefined
  }
}

/** Whether a value of this type can be compared with something: what cannot never holds, and does not compile. */
const fits = (type: Value['type'], operand: Operand): boolean =>
  operand.of === 'list' || operand.of === 'pattern'
    ? type === 'any' && operand.of === 'list'
    : type === 'any' ||
      operand.of !== 'literal' ||
      typeof operand.value === (type === 'text' ? 'string' : 'number')

const SIGNS = { below: ['<', '>='], most: ['<=', '>'], above: ['>', '<='], least: ['>=', '<'] } as const

const TYPES = /^(?:string|number|boolean)$/

function typeText(value: string, name: string, not: boolean): string | undefined {
  const equal = not ? '!==' : '==='
  if (name === 'array') return `${not ? '!' : ''}Array.isArray(${value})`
  if (name === 'null' || name === 'undefined') return `${value} ${equal} ${name}`
  // An object is neither a list nor null.
  if (name === 'object') return `String(${value}) ${equal} '[object Object]'`
  return TYPES.test(name) ? `typeof ${value} ${equal} ${quoted(name)}` : undefined
}

/** What is compared, as an expression on `response`; undefined where a journey does not know it. */
function valueOf(access: Access): Value | undefined {
  const plain = plainValue(access)
  if (plain === undefined || access.as === undefined) return plain
  const { text, list, type, optional } = plain
  const made = { list: '', optional: false }
  switch (access.as) {
    case 'length':
      if (type === 'number') return undefined
      return { list: '', type: 'number', optional, text: optional ? `${list}?.length` : `${text}.length` }
    case 'number':
      return { ...made, type: 'number', text: optional ? `Number(${text} ?? NaN)` : `Number(${text})` }
    case 'text':
      return { ...made, type: 'text', text: optional ? `String(${text} ?? '')` : `String(${text})` }
    case 'other':
      return undefined
  }
}

function plainValue(access: Access): Value | undefined {
  switch (access.of) {
    case 'status':
      return { text: 'response.status', list: '', type: 'number', optional: false }
    case 'time':
      return { text: 'response.timings.duration', list: '', type: 'number', optional: false }
    case 'text':
      return { text: "String(response.body ?? '')", list: '', type: 'text', optional: false }
    case 'header': {
      const text = `response.headers[${quoted(titled(access.name))}]`
      return { text, list: text, type: 'text', optional: true }
    }
    case 'json': {
      const path = access.path.length === 0 ? '' : quoted(pathText(access.path))
      return {
        text: `response.json(${path})`,
        list: `response.json<unknown[]>(${path})`,
        type: 'any',
        optional: true,
      }
    }
    default:
      return undefined
  }
}
