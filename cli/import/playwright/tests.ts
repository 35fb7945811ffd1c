import type { AnyNode, BlockStatement, Expression, SpreadElement } from 'acorn'
import { childrenOf, literalText } from '../../project/index.ts'
import { chainOf } from './chain.ts'

/** What a file holds: tests with what comes before each, or what a script of the library does. */
export interface TestSource {
  title?: string
  /** Blocks that are read one after the other. */
  blocks: readonly BlockStatement[]
}

/** The tests of a file, and the objects that `test.use` was given. */
export interface TestFile {
  tests: readonly TestSource[]
  uses: readonly Expression[]
  /** The titles of tests that their author switched off. */
  skipped: readonly { title: string; node: AnyNode }[]
}

type Given = readonly (Expression | SpreadElement)[]

/** Finds the tests of a file; of a script that uses the library, the function that opens a page. */
export function testsIn(statements: readonly AnyNode[]): TestFile {
  const file = {
    tests: [] as TestSource[],
    uses: [] as Expression[],
    skipped: [] as { title: string; node: AnyNode }[],
  }
  gather(statements, [], file)
  if (file.tests.length > 0 || file.skipped.length > 0) return file
  const block = statements.map(opensPage).find((found) => found !== undefined)
  return block === undefined ? file : { ...file, tests: [{ blocks: [block] }] }
}

function gather(
  statements: readonly AnyNode[],
  outer: readonly BlockStatement[],
  file: { tests: TestSource[]; uses: Expression[]; skipped: { title: string; node: AnyNode }[] },
): void {
  const before = [...outer]
  for (const statement of statements) {
    const chain = statement.type === 'ExpressionStatement' ? chainOf(statement.expression) : undefined
    if (chain?.root !== 'test') continue
    const words = chain.links.map(({ name }) => name)
    const given: Given = chain.called ?? chain.links.at(-1)?.given ?? []
    const block = blockIn(given)
    const title = literalText(given[0])
    const [word] = words
    if (word === 'use') file.uses.push(...given.filter((node) => node.type !== 'SpreadElement'))
    else if (word === 'beforeEach' || word === 'beforeAll') before.push(...(block ? [block] : []))
    else if (word === 'describe') gather(block?.body ?? [], before, file)
    else if (word === 'skip' || word === 'fixme')
      file.skipped.push({ title: title ?? 'a test', node: statement })
    else if (block && title !== undefined && (word === undefined || /^(?:only|fail|slow)$/.test(word)))
      file.tests.push({ title, blocks: [...before, block] })
  }
}

const blockIn = (given: Given): BlockStatement | undefined => {
  const own = given.find(
    (node) => node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression',
  )
  return own?.body.type === 'BlockStatement' ? own.body : undefined
}

/** The block of the innermost function that opens a page itself. */
function opensPage(node: AnyNode): BlockStatement | undefined {
  for (const child of childrenOf(node)) {
    const found = opensPage(child)
    if (found !== undefined) return found
  }
  if (!node.type.includes('Function')) return undefined
  const { body } = node as AnyNode & { body: AnyNode }
  return body.type === 'BlockStatement' && body.body.some(makesPage) ? body : undefined
}

const makesPage = (node: AnyNode): boolean =>
  (node.type === 'MemberExpression' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'newPage') ||
  (!node.type.includes('Function') && childrenOf(node).some(makesPage))
