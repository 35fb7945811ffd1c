import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { parse, type AnyNode, type Program } from 'acorn'
import { transform, type TransformFailure } from 'esbuild'
import { UserError } from '../../base/index.ts'
import { ECMA_VERSION } from '../../project/index.ts'

/** A file's code, and in which line of the file a part of it is. */
export interface Parsed {
  program: Program
  lineOf: (node: AnyNode) => number
}

/** Codegen comments expectations out where it writes for the library, which has no `expect`; they are read all the same. */
const COMMENTED = /^([ \t]*)\/\/ (?=await expect\()/gm

/** Reads JavaScript or TypeScript. Throws UserError where it is neither, with the line. */
export async function parseCode(text: string): Promise<Parsed> {
  const code = /['"]@playwright\/test['"]/.test(text) ? text : text.replace(COMMENTED, '$1   ')
  const plain = programOf(code)
  if (plain !== undefined) return { program: plain, lineOf: (node) => node.loc?.start.line ?? 1 }
  const { code: stripped, map } = await typeless(code)
  const program = programOf(stripped)
  if (program === undefined) throw new UserError('the script is nested too deeply to be read')
  const trace = new TraceMap(map)
  return {
    program,
    lineOf({ loc }) {
      const { line, column } = loc?.start ?? { line: 1, column: 0 }
      return originalPositionFor(trace, { line, column }).line ?? line
    },
  }
}

function programOf(code: string): Program | undefined {
  try {
    return parse(code, {
      ecmaVersion: ECMA_VERSION,
      sourceType: 'module',
      allowReturnOutsideFunction: true,
      locations: true,
    })
  } catch {
    return undefined
  }
}

async function typeless(code: string): Promise<{ code: string; map: string }> {
  try {
    return await transform(code, {
      loader: 'ts',
      target: `es${ECMA_VERSION}`,
      sourcemap: true,
      logLevel: 'silent',
    })
  } catch (error) {
    const [first] = (error as TransformFailure).errors
    const line = first?.location?.line
    throw new UserError(
      `the script cannot be read${line === undefined ? '' : `: line ${line}: ${first?.text ?? ''}`}. Is it whole?`,
    )
  }
}
