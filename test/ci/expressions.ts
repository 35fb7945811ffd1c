import { runInNewContext } from 'node:vm'

/** What expressions may name: `github`, `env`, `steps` …, and functions. */
export type Context = Readonly<Record<string, unknown>>

const FUNCTIONS: Context = {
  fromJSON: (text: string): unknown => JSON.parse(text),
  contains: (list: string | readonly unknown[], item: unknown) => list.includes(item as string),
  always: () => true,
}

/** Whether an expression asks how the steps before ended; one that does not is true only where none failed. */
const asksForStatus = (text: string): boolean => /\b(always|cancelled|failure|success)\(\)/.test(text)

/** The value of an expression of GitHub Actions: JavaScript, but that what is not there has no properties. */
export function evaluate(expression: string, context: Context): unknown {
  const code = expression.replace(/'[^']*'|\.(?=[a-z_])/gi, (part) => (part === '.' ? '?.' : part))
  return runInNewContext(code, { ...FUNCTIONS, ...context }) ?? ''
}

/** A text with its `${{ … }}` replaced; of one that is nothing else, the value itself. */
export function filled(text: unknown, context: Context): unknown {
  if (typeof text !== 'string') return text
  const [, whole] = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(text) ?? []
  if (whole !== undefined) return evaluate(whole, context)
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inside: string) => String(evaluate(inside, context)))
}

/** The same of each value, as texts: what an `env` becomes. */
export const filledAll = (values: Context = {}, context: Context): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [name, String(filled(text, context))]))

/** Whether an `if` holds, after steps or jobs of which none failed, or some. */
export function holds(condition: string | boolean | undefined, context: Context, isFine: boolean): boolean {
  const text = String(condition ?? true).replace(/^\$\{\{(.*)\}\}$/s, '$1')
  const status = { success: () => isFine, failure: () => !isFine, cancelled: () => false }
  return (isFine || asksForStatus(text)) && Boolean(evaluate(text, { ...context, ...status }))
}
