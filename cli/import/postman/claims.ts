import type { AnyNode, CallExpression } from 'acorn'
import { keyName, literalText } from '../../project/index.ts'
import { accessOf, dotted, madeOf, type Access, type Known } from './access.ts'
import { ALONE, COMPARISONS, FILLERS, LITERALS, OPERATORS, REASONS, WORDS } from './claimWords.ts'
import type { Claim, Comparison, Operand } from './claim.ts'

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
  const [subject, more] = links[1]?.given ?? []
  if (links[1]?.name !== 'expect' || root !== 1 || subject === undefined || more !== undefined)
    return undefined
  // `pm.expect(a === b).to.be.true`: what is compared is inside.
  const inside = conditionIn(subject, known)
  const claims =
    inside === undefined ? ofValue(subject, links.slice(2), known) : isTrue(inside, links.slice(2))
  return claims?.length === 0 ? undefined : claims
}

/** What the words behind `pm.expect(a === b)` make of what is inside. */
function isTrue(inside: Claim, chain: readonly Link[]): readonly Claim[] | undefined {
  const [word, more] = chain.filter(({ name, given }) => given !== undefined || !FILLERS.has(name))
  const holds = word?.given === undefined && (word?.name === 'true' || word?.name === 'ok')
  return holds && more === undefined ? [inside] : undefined
}

/** What the words behind `pm.expect(a)` claim of it, from the first on: some are of the length or of a property. */
function ofValue(subject: AnyNode, chain: readonly Link[], known: Known): readonly Claim[] | undefined {
  let access = accessOf(subject, known)
  let not = false
  let nested = false
  const claims: Claim[] = []
  for (const { name, given } of chain) {
    if (access === undefined) return undefined
    if (given === undefined) {
      if (name === 'not') not = true
      else if (name === 'nested') nested = true
      else if (name === 'lengthOf' || name === 'length') access = madeOf(access, 'length')
      else if (!FILLERS.has(name)) {
        const alone = ofWordAlone(access, name, not)
        if (alone === undefined) return undefined
        claims.push(alone)
      }
      continue
    }
    const operands = operandsIn(given, known)
    if (operands === undefined) return undefined
    if (name === 'property') {
      const inside = propertyOf(access, operands, nested)
      if (inside === undefined) return undefined
      claims.push({ ...inside, not })
      // What is said further is said of the property, if there is to be one.
      access = not ? undefined : inside.access
    } else {
      const own = ofCallOn(access, name, operands, not)
      if (own === undefined) return undefined
      claims.push(...own)
    }
  }
  return claims
}

function ofWordAlone(access: Access, name: string, not: boolean): Claim | undefined {
  const literal = LITERALS.get(name)
  if (literal !== undefined)
    return { access, comparison: 'equal', not, operands: [{ of: 'literal', value: literal }] }
  if (name === 'undefined') return { access, comparison: 'defined', not: !not, operands: [] }
  const comparison = ALONE.get(name)
  return comparison && { access, comparison, not, operands: [] }
}

function ofCallOn(
  access: Access,
  name: string,
  operands: readonly Operand[],
  not: boolean,
): Claim[] | undefined {
  if (operands.length === 0) {
    const claim = ofWordAlone(access, name, not)
    return claim && [claim]
  }
  const claim = (of: Access | undefined, comparison: Comparison, ...own: readonly Operand[]): Claim[] =>
    of === undefined ? [] : [{ access: reasoned(of, own), comparison, not, operands: own.map(coded(of)) }]
  if (name === 'lengthOf' || name === 'length') return claim(madeOf(access, 'length'), 'equal', ...operands)
  if (name === 'within' && operands.length === 2 && !not)
    return [
      ...claim(access, 'least', ...operands.slice(0, 1)),
      ...claim(access, 'most', ...operands.slice(1)),
    ]
  const comparison = COMPARISONS.get(name)
  const [first, second] = operands
  if (comparison === undefined || first === undefined || second !== undefined) return undefined
  if (comparison !== 'oneOf') return claim(access, comparison, first)
  return first.of === 'list' ? claim(access, comparison, ...first.items) : undefined
}

function propertyOf(access: Access, [name, value]: readonly Operand[], nested: boolean): Claim | undefined {
  if (access.of !== 'json' || access.as !== undefined) return undefined
  if (name?.of !== 'literal' || typeof name.value !== 'string') return undefined
  const path = nested ? partsOf(name.value) : [name.value]
  return of({ of: 'json', path: [...access.path, ...path] }, value)
}

/** `a.b[0]` as a path. */
const partsOf = (text: string): string[] => text.match(/[^.[\]"']+/g) ?? []
/** That something is there, or is this. */
const of = (access: Access, value: Operand | undefined): Claim =>
  value === undefined
    ? { access, comparison: 'defined', not: false, operands: [] }
    : { access, comparison: 'equal', not: false, operands: [value] }

/** `pm.response.to.…`: each call claims something, and so does a last word. */
function ofResponse(chain: readonly Link[], known: Known): readonly Claim[] | undefined {
  const links = chain.filter(({ name, given }) => given !== undefined || !FILLERS.has(name))
  const claims = links.map((link) => (link.given === undefined ? ofWord(link.name) : ofCall(link, known)))
  return claims.length === 0 || claims.includes(undefined) ? undefined : claims.flatMap((own) => own ?? [])
}

const statusIs = (...codes: readonly Operand[]): Claim[] => [
  { access: { of: 'status' }, comparison: codes.length > 1 ? 'oneOf' : 'equal', not: false, operands: codes },
]

function ofWord(name: string): Claim[] | undefined {
  const codes = WORDS.get(name)
  if (codes !== undefined) return statusIs(...codes.map((value): Operand => ({ of: 'literal', value })))
  return name === 'json' ? [of({ of: 'json', path: [] }, undefined)] : undefined
}

function ofCall({ name, given }: Link, known: Known): Claim[] | undefined {
  const operands = operandsIn(given ?? [], known)
  const [first, second] = operands ?? []
  if (first === undefined) return undefined
  const text = first.of === 'literal' && typeof first.value === 'string' ? first.value : undefined
  switch (name) {
    case 'status':
      return statusIs(coded({ of: 'reason' })(first))
    case 'header':
      return text === undefined ? undefined : [of({ of: 'header', name: text }, second)]
    case 'body':
      return [
        first.of === 'pattern'
          ? { access: { of: 'text' }, comparison: 'match', not: false, operands: [first] }
          : of({ of: 'text' }, first),
      ]
    case 'jsonBody':
      return text === undefined ? undefined : [of({ of: 'json', path: partsOf(text) }, second)]
    default:
      return undefined
  }
}

/** What a comparison written as such claims: `a === 1`, `responseBody.has('x')`. */
export function conditionIn(node: AnyNode, known: Known): Claim | undefined {
  if (node.type === 'BinaryExpression') {
    const operator = OPERATORS.get(node.operator)
    const [left, right] = [accessOf(node.left, known), accessOf(node.right, known)]
    if (operator === undefined || left === undefined || right === undefined) return undefined
    // `200 === pm.response.code` says the same.
    const isTurned = left.of === 'literal' || left.of === 'given'
    const [access, operand] = isTurned ? [right, left] : [left, right]
    return {
      access: reasoned(access, [operand]),
      comparison: isTurned ? operator.turned : operator.comparison,
      not: node.operator.startsWith('!'),
      operands: [coded(access)(operand)],
      ...(/^[!=]=$/.test(node.operator) ? { loose: true } : {}),
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

/** What arguments say; undefined where one of them is unknown. */
function operandsIn(nodes: readonly AnyNode[], known: Known): Operand[] | undefined {
  const all = nodes.map((node): Operand | undefined => {
    if (node.type === 'Literal' && 'regex' in node)
      return { of: 'pattern', source: node.regex.pattern, flags: node.regex.flags.replace(/[gy]/g, '') }
    if (node.type !== 'ArrayExpression') return accessOf(node, known)
    const items = node.elements.map((one) => accessOf(one, known))
    return items.includes(undefined) ? undefined : { of: 'list', items: items as Access[] }
  })
  return all.includes(undefined) ? undefined : (all as Operand[])
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
