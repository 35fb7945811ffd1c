import type { AnyNode } from 'acorn'
import { UserError } from '../../base/index.ts'
import { fields } from '../literals.ts'
import type { Fields, Literal, Note, RecordedJourney } from '../recording.ts'
import type { Reader } from '../reader.ts'
import { bodyOf } from './body.ts'
import { parseCode } from './parse.ts'
import { readStatements } from './statements.ts'
import { testsIn } from './tests.ts'
import { knownFields, valueOf } from './values.ts'

/** What Playwright's codegen writes, as a test or for the library, in JavaScript or TypeScript. */
export const playwright: Reader = {
  kind: 'what Playwright’s codegen writes (JavaScript or TypeScript)',
  knows: (text, json) =>
    json === undefined &&
    (/['"](?:@playwright\/test|playwright(?:-\w+)?)['"]/.test(text) ||
      (/\bawait page\.(?:goto|getBy\w+|locator)\(/.test(text) && !/['"]k6\/browser['"]/.test(text))),
  async read(text) {
    const { program, lineOf } = await parseCode(text)
    const { tests, uses, skipped } = testsIn(program.body)
    const left: Note[] = skipped.map(({ node }) => ({
      place: `line ${lineOf(node)}`,
      text: 'its author switched the test off',
    }))
    const constants = constantsIn(program.body)
    const journeys = tests.map(({ title, blocks }): RecordedJourney => {
      const body = bodyOf(lineOf, constants)
      for (const block of blocks) readStatements(body, block.body)
      left.push(...body.left)
      const context = contextOf(uses, constants, body.context)
      return {
        actions: body.actions,
        dialogs: body.dialogs,
        ...(title === undefined ? undefined : { title }),
        ...(context === undefined ? undefined : { context }),
      }
    })
    const done = journeys.filter(({ actions }) => actions.some(({ deed }) => deed.type !== 'left'))
    if (done.length === 0)
      throw new UserError(
        skipped.length > 0
          ? 'each test of the script is switched off: remove .skip and .fixme'
          : 'the script has no test: codegen writes test(…, async ({ page }) => { … }) with what was done on the page',
      )
    return { kind: 'Playwright', journeys: done, left }
  },
}

/** Constants of the file, whose values are known. */
function constantsIn(statements: readonly AnyNode[]): Map<string, Literal> {
  const known = new Map<string, Literal>()
  for (const node of statements)
    if (node.type === 'VariableDeclaration' && node.kind === 'const')
      for (const { id, init } of node.declarations) {
        const value = init ? valueOf(init, known) : undefined
        if (id.type === 'Identifier' && value !== undefined) known.set(id.name, value)
      }
  return known
}

/** What the context was asked for, by the test or by the file. */
function contextOf(
  uses: readonly AnyNode[],
  constants: Map<string, Literal>,
  own: Fields | undefined,
): Fields | undefined {
  const all = uses.flatMap((node) => knownFields(node, constants))
  const whole = [...all, ...(own?.fields ?? [])]
  return whole.length === 0 ? undefined : fields(whole)
}
