import { quoted } from '../../project/index.ts'
import type { AnyNode, ImportDeclaration } from 'acorn'
import type { ScriptLoad } from './load.ts'
import { exportedFunctions, type ScriptOptions } from './parts.ts'
import { printed, type Rewrite } from './rewrite.ts'

/** A journey of a script. */
export interface ScriptJourney {
  name: string
  variable: string
  load: ScriptLoad
}

/** What a program became. */
export interface Program {
  /** Imports of other modules than k6's own that are replaced. */
  imports: string[]
  text: string
  journeys: ScriptJourney[]
  /** Lines of the suite: what runs before and after load. */
  also: string[]
}

/** Modules of which rules rewrite a part: what of them is still used is imported. */
export const REWRITTEN = /^(?:k6(?:\/http)?|https?:\/\/.*)$/

/** What a suite exports by these names. */
const RENAMED: Readonly<Record<string, string>> = { setup: 'prepare', teardown: 'cleanUp' }

/** Rewrites the statements of a script: its functions become journeys, its options are the suite's. */
export function programOf(rewrite: Rewrite, options: ScriptOptions, name: string, variable: string): Program {
  const { code, script, print } = rewrite
  const body = script.program.body as AnyNode[]
  const functions = exportedFunctions(body)
  const journeys: ScriptJourney[] = []
  const imports: string[] = []
  const also: string[] = []
  const typed = functions.has('setup') ? '<Awaited<ReturnType<typeof prepare>>>' : ''
  let text = ''
  let at = 0
  for (const statement of body) {
    const own = [...functions].find(([, one]) => one.statement === statement)
    const before = code.slice(at, statement.start)
    at = statement.end
    if (statement.type === 'ImportDeclaration') {
      if (!REWRITTEN.test(String(statement.source.value))) imports.push(print(statement))
      text += before.replace(/^\s+/, '')
      continue
    }
    text += before
    if (own === undefined) {
      text += print(statement)
      continue
    }
    const [exported, { node }] = own
    if (exported === 'options') text = text.trimEnd()
    else if (exported === 'handleSummary') {
      rewrite.left.push({ text: 'handleSummary: the suite has its own summary, and loadwright its reports' })
      text = text.trimEnd()
    } else if (RENAMED[exported] !== undefined) {
      also.push(`  ${exported}: ${RENAMED[exported]},`)
      text += print(node).replace(new RegExp(`\\b${exported}\\b`), RENAMED[exported])
    } else if (exported === 'default' || options.runs.has(exported)) {
      const own = exported === 'default' ? variable : exported
      const title = exported === 'default' ? name : exported
      journeys.push({
        name: title,
        variable: own,
        load: options.runs.get(exported) ?? options.load ?? { vus: 1 },
      })
      text += `export const ${own} = ${rewrite.use('journey')}${typed}(${quoted(title)}, ${functionText(node, rewrite)})`
    } else text += print(statement)
  }
  return { imports, text: (text + code.slice(at)).trim().replace(/\n{3,}/g, '\n\n'), journeys, also }
}

/** A function without its name, as an arrow. */
function functionText(node: AnyNode, rewrite: Rewrite): string {
  if (node.type !== 'FunctionDeclaration' && node.type !== 'FunctionExpression') return printed(node, rewrite)
  const parameters = node.params.map((parameter) => rewrite.print(parameter)).join(', ')
  return `${node.async ? 'async ' : ''}(${parameters}) => ${rewrite.print(node.body)}`
}

/** What of the modules that rules know a rewritten script still uses. */
export function keptImports(imports: readonly ImportDeclaration[], text: string): string[] {
  return imports.flatMap((node) => {
    const names = node.specifiers.flatMap((one): { whole?: string; part?: string }[] => {
      if (!new RegExp(`\\b${one.local.name}\\b`).test(text)) return []
      if (one.type === 'ImportDefaultSpecifier') return [{ whole: one.local.name }]
      if (one.type === 'ImportNamespaceSpecifier') return [{ whole: `* as ${one.local.name}` }]
      const imported = one.imported.type === 'Identifier' ? one.imported.name : one.local.name
      return imported === 'check'
        ? []
        : [{ part: imported === one.local.name ? imported : `${imported} as ${one.local.name}` }]
    })
    const whole = names.flatMap((one) => (one.whole === undefined ? [] : [one.whole]))
    const parts = names.flatMap((one) => (one.part === undefined ? [] : [one.part]))
    const list = [...whole, ...(parts.length > 0 ? [`{ ${parts.join(', ')} }`] : [])]
    return list.length === 0 ? [] : [`import ${list.join(', ')} from ${quoted(String(node.source.value))}`]
  })
}
