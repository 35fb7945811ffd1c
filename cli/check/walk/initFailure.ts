import { transform } from 'esbuild'
import { evaluate, type EvaluateOptions } from '../../../testing/evaluate.ts'
import type { PreparedScript } from '../../project/index.ts'

/** What a script's top level threw. */
export interface InitFailure {
  /** As k6 prints it: `TypeError: …`. */
  message: string
  /** Where in the script: the line from 1, the column from 1. */
  line?: number
  column?: number
}

const FILE = 'script.js'

/** The failure of a top level, with its place; it is evaluated once more for that, with a map. */
export async function initFailure(
  thrown: unknown,
  { code, ahead }: PreparedScript,
  options: EvaluateOptions,
): Promise<InitFailure> {
  const first = describe(thrown)
  try {
    const { code: mapped, map } = await transform(code, { sourcefile: FILE, sourcemap: 'external' })
    await evaluate(mapped, { ...options, map })
    return { message: first }
  } catch (error) {
    const { stack = '' } = error as Error
    const [, line, column] = /script\.js:(\d+):(\d+)/.exec(stack) ?? []
    const at = Number(line) - ahead
    return { message: first, ...(at > 0 && { line: at, column: Number(column) }) }
  }
}

function describe(thrown: unknown): string {
  const { name, message } = thrown as Error
  return name === 'Error' || name === 'GoError' ? message : `${name}: ${message}`
}
