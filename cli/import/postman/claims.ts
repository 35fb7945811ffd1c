import type { AnyNode, CallExpression } from 'acorn'
import { keyName, literalText } from '../../project/index.ts'
import { accessOf, dotted, type Access, type Known } from './access.ts'
import { COMPARISONS, LITERALS, OPERATORS, REASONS, WORDS } from './claimWords.ts'
import type { Claim, Comparison, Operand } from './predicate.ts'

/** One name of an assertion's chain, with what it is called with. */
interface Link {
  name: string
  given: readonly AnyNode[] | undefined
}

/** What an assertion claims; undefined where it is none that a predicate can say. */
export function claimsIn(node: AnyNode, known: Known): readonly Claim[] | undefined {
  const links = linksOf(node.type === 'ChainExpression' ? node.expression : node)
  const root = links.findIndex(({ given }) => given !== undefined)
  if (links[0]?.name !== 'pm') return undefined
  if (links[1]?.name === 'response') return ofResponse(links.slice(2), known)
  if (links[1]?.name !== 'expect' || root !== 1) return undefined
  const [subject] = links[1].given ?? []
  const chain = links.slice(2)
  const last = chain.at(-1)
  if (subject === undefined || last === undefined) return undefined
  const not = chain.some(({ name }) => name === 'not')
  // `pm.expect(a === b).to.be.true`: what is compared is inside.
  const inside = conditionIn(subject, known)
  if (inside !== undefined && (last.name === 'true' || last.name === 'ok') && last.given === undefined)
    return not ? undefined : [inside]
  const access = accessOf(subject, known)
  if (access === undefined) return undefined
  const all = chain.filter((link) => link === last || link.given !== undefined)
  const claims = all.map((link) => ofValue(access, chain, link, not && link === last, known))
  return claims.includes(undefined) ? undefined : claims.flatMap((own) => own ?? [])
}

function ofValue(
  access: Access,
  chain: readonly Link[],
  { name, given }: Link,
  not: boolean,
  known: Known,
): readonly Claim[] | undefined {
  const claim = (comparison: Comparison, ...operands: Operand[]): Claim[] => [
    { access: reasoned(access, operands), comparison, not, operands: operands.map(coded(access)) },
  ]
  const literal = LITERALS.get(name)
  if (given === undefined) {
    if (literal !== undefined) return claim('equal', { of: 'literal', value: literal })
    if (name === 'exist' || name === 'undefined') {
      const negated = (name === 'undefined') !== not
      return [{ access, comparison: 'exist', not: negated, operands: [] }]
    }
    if (name === 'empty' && access.of === 'json') return [{ access, comparison: 'empty', not, operands: [] }]
    return name === 'ok' && !not ? [{ access, comparison: 'exist', not: false, operands: [] }] : undefined
  }
  const comparison = COMPARISONS.get(name)
  if (comparison === undefined || chain.some((link) => link.name === 'deep' || link.name === 'any'))
    return undefined
  const operands = given.flatMap((one) => operandsIn(one, known) ?? [undefined])
  if (operands.includes(undefined) || (operands.length === 0 && name !== 'exist')) return undefined
  const own = operands as Operand[]
  if (name === 'lengthOf' || name === 'length')
    return access.of === 'json'
      ? [{ access: { of: 'json', path: [...access.path, '#'] }, comparison: 'equal', not, operands: own }]
      : undefined
  if (comparison === 'property') return propertyClaim(access, own, not)
  if (comparison !== 'oneOf' && own.length !== 1) return undefined
  return claim(comparison, ...own)
}

function propertyClaim(access: Access, [name, value]: readonly Operand[], not: boolean): Claim[] | undefined {
  if (access.of !== 'json' || name?.of !== 'literal' || typeof name.value !== 'string') return undefined
  const inside: Access = { of: 'json', path: [...access.path, name.value] }
  return [
    value === undefined
      ? { access: inside, comparison: 'exist', not, operands: [] }
      : { access: inside, comparison: 'equal', not, operands: [value] },
  ]
}

/** `pm.response.to.…`: each call claims something, and so does a last word. */
function ofResponse(chain: readonly Link[], known: Known): readonly Claim[] | undefined {
  if (chain.some(({ name }) => name === 'not')) return undefined
  const links = chain.filter((link, index) => link.given !== undefined || index === chain.length - 1)
  const claims = links.map((link) => (link.given === undefined ? ofWord(link.name) : ofCall(link, known)))
  return claims.length === 0 || claims.includes(undefined) ? undefined : claims.flatMap((own) => own ?? [])
}

const equal = (access: Access, ...operands: Operand[]): Claim[] => [
  { access, comparison: operands.length > 1 ? 'oneOf' : 'equal', not: false, operands },
]

function ofWord(name: string): Claim[] | undefined {
  const codes = WORDS.get(name)
  if (codes !== undefined)
    return equal({ of: 'status' }, ...codes.map((value): Operand => ({ of: 'literal', value })))
  return name === 'json'
    ? [{ access: { of: 'json', path: [] }, comparison: 'exist', not: false, operands: [] }]
    : undefined
}

function ofCall({ name, given }: Link, known: Known): Claim[] | undefined {
  const operands = (given ?? []).map((one) => accessOf(one, known))
  const [first, second] = operands
  if (operands.includes(undefined)) return undefined
  switch (name) {
    case 'status': {
      const code = first === undefined ? undefined : coded({ of: 'reason' })(first)
      return code === undefined ? undefined : equal({ of: 'status' }, code)
    }
    case 'header': {
      if (first?.of !== 'literal' || typeof first.value !== 'string') return undefined
      const access: Access = { of: 'header', name: first.value }
      return second === undefined
        ? [{ access, comparison: 'exist', not: false, operands: [] }]
        : equal(access, second)
    }
    case 'body':
      return first === undefined ? undefined : equal({ of: 'text' }, first)
    case 'jsonBody': {
      if (first?.of !== 'literal' || typeof first.value !== 'string') return undefined
      const path = first.value.match(/[^.[\]"']+/g) ?? []
      const access: Access = { of: 'json', path }
      return second === undefined
        ? [{ access, comparison: 'exist', not: false, operands: [] }]
        : equal(access, second)
    }
    default:
      return undefined
  }
}

/** What a comparison written as such claims: `a === 1`, `responseBody.has('x')`. */
export function conditionIn(node: AnyNode, known: Known): Claim | undefined {
  if (node.type === 'BinaryExpression') {
    const comparison = OPERATORS.get(node.operator)
    const access = accessOf(node.left, known)
    const operand = accessOf(node.right, known)
    if (comparison === undefined || access === undefined || operand === undefined) return undefined
    return {
      access: reasoned(access, [operand]),
      comparison,
      not: node.operator.startsWith('!'),
      operands: [coded(access)(operand)],
    }
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
  const method = keyName(node.callee.property, node.callee.computed)
  const access = accessOf(node.callee.object, known)
  const operand = accessOf(node.arguments[0], known)
  return access !== undefined && operand !== undefined && (method === 'has' || method === 'includes')
    ? { access, comparison: 'include', not: false, operands: [operand] }
    : undefined
}

/** A status in words is a number. */
const coded =
  (access: Access) =>
  (operand: Operand): Operand => {
    const value =
      operand.of === 'literal' && access.of === 'reason' ? REASONS.get(String(operand.value)) : undefined
    return value === undefined ? operand : { of: 'literal', value }
  }
const reasoned = (access: Access, operands: readonly Operand[]): Access =>
  access.of === 'reason' && operands.every((one) => coded(access)(one) !== one) ? { of: 'status' } : access

/** What an argument says: several things where it is a list. */
function operandsIn(node: AnyNode, known: Known): Operand[] | undefined {
  if (node.type === 'Literal' && 'regex' in node)
    return [{ of: 'pattern', source: node.regex.pattern, flags: node.regex.flags.replace(/[gy]/g, '') }]
  if (node.type === 'ArrayExpression') {
    const all = node.elements.map((one) => accessOf(one, known))
    return all.includes(undefined) ? undefined : (all as Operand[])
  }
  const access = accessOf(node, known)
  return access === undefined ? undefined : [access]
}

/** The names of `pm.expect(x).to.be.oneOf([…])`, from the first on. */
function linksOf(node: AnyNode): Link[] {
  const links: Link[] = []
  let at: AnyNode | undefined = node
  let given: CallExpression['arguments'] | undefined
  while (at !== undefined) {
    if (at.type === 'CallExpression') {
      given = at.arguments
      at = at.callee
    } else if (at.type === 'MemberExpression') {
      links.push({ name: keyName(at.property, at.computed) ?? '', given })
      given = undefined
      at = at.object
    } else {
      links.push({ name: dotted(at) ?? literalText(at) ?? '', given })
      at = undefined
    }
  }
  return links.toReversed()
}
