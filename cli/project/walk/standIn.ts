import type { AnyNode } from 'acorn'
import { ABSENT_MODULES } from '../../../testing/absent.ts'
import { MODULES } from '../../../testing/tables.ts'
import { isGlobal, originOfNode } from '../syntax/origin.ts'
import type { ParsedScript } from '../syntax/script.ts'

/** A script that can be evaluated without the modules that only k6, or the network, has. */
export interface PreparedScript {
  code: string
  /** Lines that stand before the script's own. */
  ahead: number
  /** The modules that something inert stands in for. */
  standIns: readonly string[]
}

/** What k6 says to every dynamic import. */
export const NO_DYNAMIC = 'dynamic modules not enabled in the host program'

const NAME = '$standIn'

/** Something of a module that is inert in the double, for all that is not there at all. */
const STAND_IN = `import { Blob as ${NAME} } from 'k6/experimental/websockets';`

/** Whether the double has something of that name: k6's own module, or what is inert in its place. */
const isHere = (module: string): boolean => Object.hasOwn(MODULES, module)

/** Puts a stand-in in the place of each module that the double of k6 has not. */
export function prepareScript(code: string, script: ParsedScript): PreparedScript {
  const absent = script.imports.filter(({ module, how }) => how !== 'dynamic' && !isHere(module))
  const inert = script.imports.filter(({ module }) => ABSENT_MODULES.includes(module))
  const standIns = [...new Set([...absent, ...inert].map(({ module }) => module))]
  const ahead: string[] = []
  const edits: { node: AnyNode; text: string }[] = []
  for (const { node } of absent) {
    if (node.type === 'ImportDeclaration')
      for (const { local } of node.specifiers) ahead.push(`const ${local.name} = ${NAME};`)
    else if (node.type === 'ExportNamedDeclaration')
      for (const [index, { exported }] of node.specifiers.entries()) {
        const name = `${NAME}${node.start}_${index}`
        ahead.push(
          `const ${name} = ${NAME}; export { ${name} as ${code.slice(exported.start, exported.end)} };`,
        )
      }
    if (node.type.endsWith('Declaration')) edits.push({ node, text: '' })
  }
  for (const node of script.nodes)
    if (node.type === 'MetaProperty' && node.meta.name === 'import')
      edits.push({ node, text: '({ url: "", resolve: (path) => path })' })
    else if (node.type === 'ImportExpression')
      edits.push({ node, text: `Promise.reject(new Error('${NO_DYNAMIC}'))` })
  const requires = script.nodes.some(
    (node) => node.type === 'Identifier' && isGlobal(originOfNode(node, script), 'require'),
  )
  if (requires) {
    const known = JSON.stringify(Object.keys(MODULES).filter(isHere))
    ahead.push(`const require = (name) => (${known}.includes(name) ? globalThis.require(name) : ${NAME});`)
  }
  const prelude = ahead.length === 0 ? '' : `${STAND_IN} ${ahead.join(' ')}\n`
  // A comment of the same length: the double knows no hashbang.
  const text = edited(code, edits).replace(/^#!/, '//')
  return { code: prelude + text, ahead: prelude === '' ? 0 : 1, standIns }
}

/** The code with some of its nodes replaced; lines stay lines. */
function edited(code: string, edits: readonly { node: AnyNode; text: string }[]): string {
  let text = ''
  let at = 0
  for (const { node, text: instead } of edits.toSorted((a, b) => a.node.start - b.node.start)) {
    const old = code.slice(node.start, node.end)
    text += code.slice(at, node.start) + instead + old.replace(/[^\n]/g, '')
    at = node.end
  }
  return text + code.slice(at)
}
