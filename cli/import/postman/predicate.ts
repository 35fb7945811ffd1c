import { quoted } from '../../project/index.ts'
import { titled } from '../traffic/headers.ts'
import { pathText } from '../traffic/jsonReading.ts'
import type { WrittenCheck } from '../traffic/checks.ts'
import type { Access } from './access.ts'

/** How two values are compared. */
export type Comparison =
  | 'equal'
  | 'oneOf'
  | 'below'
  | 'most'
  | 'above'
  | 'least'
  | 'include'
  | 'match'
  | 'property'
  | 'type'
  | 'exist'
  | 'empty'

/** What a test says of a response. */
export interface Claim {
  access: Access
  comparison: Comparison
  not: boolean
  /** What it is compared with: literals, patterns (as source), variables. */
  operands: readonly Operand[]
}

/** One thing that a value is compared with. */
export type Operand = Access | { of: 'pattern'; source: string; flags: string }

/** A claim as a predicate, and the statuses that it takes for right; undefined where none can say it. */
export function predicateOf(
  claim: Claim,
  textOf: (access: Access) => string | undefined,
): (Omit<WrittenCheck, 'name'> & { accepts?: readonly number[] }) | undefined {
  const { access, comparison, not, operands } = claim
  const [first] = operands
  const texts = operands.map((one) => operandText(one, textOf))
  const [text] = texts
  const numbers = operands.flatMap((one) =>
    one.of === 'literal' && typeof one.value === 'number' ? [one.value] : [],
  )
  if (access.of === 'status' && !not && (comparison === 'equal' || comparison === 'oneOf')) {
    if (numbers.length === 0 || numbers.length !== operands.length) return undefined
    return { test: `status(${numbers.join(', ')})`, uses: 'status', accepts: numbers }
  }
  if (
    access.of === 'time' &&
    !not &&
    (comparison === 'below' || comparison === 'most') &&
    numbers.length === 1
  )
    return { test: `within(${numbers[0] ?? 0})`, uses: 'within' }
  if (
    access.of === 'text' &&
    !not &&
    (comparison === 'include' || comparison === 'match') &&
    text !== undefined
  )
    return { test: `contains(${text})`, uses: 'contains' }
  if (access.of === 'header' && !not && comparison === 'exist')
    return { test: `header(${quoted(titled(access.name))})`, uses: 'header' }
  if (access.of === 'header' && !not && comparison === 'equal' && text !== undefined)
    return { test: `header(${quoted(titled(access.name))}, ${text})`, uses: 'header' }
  const value = valueText(access)
  if (value === undefined || texts.includes(undefined)) return undefined
  const expression = expressionOf(comparison, value, access, first, texts as string[], not)
  return expression === undefined ? undefined : { test: `(response) => ${expression}` }
}

/** What is compared, as an expression on `response`. */
function valueText(access: Access): string | undefined {
  switch (access.of) {
    case 'status':
      return 'response.status'
    case 'time':
      return 'response.timings.duration'
    case 'text':
      return 'response.body'
    case 'header':
      return `response.headers[${quoted(titled(access.name))}]`
    case 'json':
      return access.path.length === 0 ? 'response.json()' : `response.json(${quoted(pathText(access.path))})`
    default:
      return undefined
  }
}

function operandText(operand: Operand, textOf: (access: Access) => string | undefined): string | undefined {
  if (operand.of === 'pattern') return `/${operand.source}/${operand.flags}`
  if (operand.of === 'literal')
    return typeof operand.value === 'string' ? quoted(operand.value) : String(operand.value)
  return textOf(operand)
}

const TYPES = /^(?:string|number|boolean|object)$/

function expressionOf(
  comparison: Comparison,
  value: string,
  access: Access,
  operand: Operand | undefined,
  texts: readonly string[],
  not: boolean,
): string | undefined {
  const [first] = texts
  const no = not ? '!' : ''
  switch (comparison) {
    case 'equal':
      return first === undefined ? undefined : `${value} ${not ? '!==' : '==='} ${first}`
    case 'oneOf':
      return `${no}[${texts.join(', ')}].includes(${asText(value, access)})`.replace(
        /^(!?)(\[-?\d.*\])\.includes\(String\((.*)\)\)$/,
        '$1$2.includes(Number($3))',
      )
    case 'below':
    case 'most':
    case 'above':
    case 'least':
      return first === undefined || not
        ? undefined
        : `${asNumber(value, access)} ${SIGNS[comparison]} ${first}`
    case 'include':
      return first === undefined ? undefined : `${no}${asText(value, access)}.includes(${first})`
    case 'match':
      return first === undefined || operand?.of !== 'pattern'
        ? undefined
        : `${no}${first}.test(${asText(value, access)})`
    case 'exist':
      return `${value} ${not ? '===' : '!=='} undefined`
    case 'empty': {
      const text = `String(${value}).length`
      return `${text} ${not ? '>' : '==='} 0`
    }
    case 'type': {
      if (operand?.of !== 'literal' || typeof operand.value !== 'string') return undefined
      if (operand.value === 'array') return `${no}Array.isArray(${value})`
      return TYPES.test(operand.value)
        ? `typeof ${value} ${not ? '!==' : '==='} ${quoted(operand.value)}`
        : undefined
    }
    case 'property':
      return undefined
  }
}

const SIGNS = { below: '<', most: '<=', above: '>', least: '>=' } as const
const asText = (value: string, { of }: Access): string => `String(${value}${of === 'header' ? " ?? ''" : ''})`
const asNumber = (value: string, { of }: Access): string =>
  of === 'status' || of === 'time' ? value : `Number(${value})`
