import { quoted } from './text.ts'
import { WIDTH } from './width.ts'

/** An import on one line, or a name a line where that is too long. */
export function importLine(names: readonly string[], from: string): string {
  const sorted = names.toSorted()
  const one = `import { ${sorted.join(', ')} } from ${quoted(from)}`
  return one.length <= WIDTH
    ? one
    : `import {\n${sorted.map((name) => `  ${name},`).join('\n')}\n} from ${quoted(from)}`
}
