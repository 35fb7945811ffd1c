import { quoted } from '../../project/index.ts'
import { titled } from '../traffic/headers.ts'
import type { WrittenCheck } from '../traffic/checks.ts'
import type { Access } from './access.ts'
import type { Claim, Operand } from './claim.ts'
import { expressionOf } from './expression.ts'

/** A claim as a predicate, and the statuses that it takes for right; undefined where none can say it. */
export function predicateOf(
  claim: Claim,
  textOf: (access: Access) => string | undefined,
): (Omit<WrittenCheck, 'name'> & { accepts?: readonly number[] }) | undefined {
  const { access, comparison, not, operands } = claim
  const texts = operands.map((one) => operandText(one, textOf))
  const [text] = texts
  if (texts.includes(undefined)) return undefined
  if (access.as === undefined && !not) {
    const numbers = operands.flatMap((one) =>
      one.of === 'literal' && typeof one.value === 'number' ? [one.value] : [],
    )
    const [first] = numbers.length === operands.length ? numbers : []
    if (access.of === 'status' && (comparison === 'equal' || comparison === 'oneOf') && first !== undefined)
      return { test: `status(${numbers.join(', ')})`, uses: 'status', accepts: numbers }
    if (access.of === 'time' && (comparison === 'below' || comparison === 'most') && first !== undefined)
      return { test: `within(${first})`, uses: 'within' }
    const isText = operands[0]?.of !== 'list' && text !== undefined
    if (access.of === 'text' && (comparison === 'include' || comparison === 'match') && isText)
      return { test: `contains(${text})`, uses: 'contains' }
    if (access.of === 'header' && (comparison === 'defined' || comparison === 'exist'))
      return { test: `header(${quoted(titled(access.name))})`, uses: 'header' }
    if (access.of === 'header' && comparison === 'equal' && isText && text.startsWith("'"))
      return { test: `header(${quoted(titled(access.name))}, ${text})`, uses: 'header' }
  }
  const expression = expressionOf(claim, texts as string[])
  return expression === undefined ? undefined : { test: `(response) => ${expression}` }
}

function operandText(operand: Operand, textOf: (access: Access) => string | undefined): string | undefined {
  switch (operand.of) {
    case 'pattern':
      return `/${operand.source}/${operand.flags}`
    case 'list': {
      // Lists are equal by what is in them.
      const values = operand.items.map((one) => (one.of === 'literal' ? one.value : undefined))
      return values.includes(undefined) ? undefined : quoted(JSON.stringify(values))
    }
    case 'literal':
      return typeof operand.value === 'string' ? quoted(operand.value) : String(operand.value)
    default: {
      const text = textOf(operand)
      if (text === undefined || operand.as === undefined) return text
      return operand.as === 'number'
        ? `Number(${text})`
        : operand.as === 'text'
          ? `String(${text})`
          : undefined
    }
  }
}
