import { originOfNode } from '../../project/index.ts'
import type { Rule } from './rewrite.ts'

/** What k6's own collection of functions has that the library has, too: what it makes is repeatable by SEED. */
const OWN: Readonly<Record<string, string>> = { randomIntBetween: 'integer', randomItem: 'oneOf' }

const UTILS = 'https://jslib.k6.io/k6-utils/'

/** Functions of `https://jslib.k6.io/k6-utils/…`, which no suite can import, by the library's own. */
export const helpers: Rule = (node, rewrite) => {
  if (node.type !== 'CallExpression') return undefined
  const origin = originOfNode(node.callee, rewrite.script)
  if (origin?.module.startsWith(UTILS) !== true) return undefined
  const [name = '', more] = origin.path
  if (more !== undefined) return undefined
  if (name === 'uuidv4') return 'crypto.randomUUID()'
  const own = OWN[name]
  const given = node.arguments.map((argument) => rewrite.print(argument))
  return own === undefined ? undefined : `${rewrite.use(own)}(${given.join(', ')})`
}
