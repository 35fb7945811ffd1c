import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import { quote } from '../../../../config/problem/problem.ts'
import { parseJson, UserError } from '../../../base/index.ts'

/** What a text of JSON or YAML holds. Throws UserError with its first problem and the place of it. */
export function parse(text: string, file: string): unknown {
  const json = parseJson(text)
  if (json !== undefined) return json
  const { document, lines } = yamlOf(text, file)
  const [error] = document.errors
  if (error !== undefined) {
    if (error.message.includes('call stack')) throw tooDeep(file)
    const { line, col } = lines.linePos(error.pos[0])
    const rest = text.slice(error.pos[0]).split('\n', 1)[0]?.trim() ?? ''
    const got = rest === '' ? 'the end of a line' : quote(rest)
    throw new UserError(
      `${file}:${line}:${col} cannot be read as YAML or JSON: got ${got} (${error.message.split('\n', 1)[0] ?? ''})`,
    )
  }
  try {
    return document.toJS({ maxAliasCount: 1000 })
  } catch (error) {
    throw new UserError(`${file} cannot be read as YAML: ${(error as Error).message}`)
  }
}

/** The line in which a value is; of what is not there, the line of what should have it. */
export function lineOf(text: string, file: string, path: readonly string[]): number {
  const { document, lines } = yamlOf(text, file)
  let node: unknown = document.contents
  let offset = 0
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      : undefined
    const next: unknown =
      pair === undefined ? (isSeq(node) ? node.items[Number(key)] : undefined) : pair.value
    offset = ((pair?.key ?? next) as Node | undefined)?.range?.[0] ?? offset
    node = next
  }
  return lines.linePos(offset).line || 1
}

const tooDeep = (file: string): UserError =>
  new UserError(`${file} cannot be read: its values are nested too deeply`)

function yamlOf(text: string, file: string): { document: Document.Parsed; lines: LineCounter } {
  const lines = new LineCounter()
  try {
    const document = parseDocument(text.replace(/^\uFEFF/, ' '), {
      version: '1.2',
      schema: 'core',
      merge: true,
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    })
    return { document, lines }
  } catch {
    throw tooDeep(file)
  }
}
