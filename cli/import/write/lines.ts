import { WIDTH } from '../../project/index.ts'
const fits = (text: string): boolean => text.length <= WIDTH
const pad = (depth: number): string => '  '.repeat(depth)

/** A line at its depth. */
export const line = (depth: number, text: string): string => pad(depth) + text

/** A statement that is a chain of calls: on one line; where it is too long, a call a line, or its last object opened. */
export function chainLines(depth: number, root: string, calls: readonly string[]): string {
  const whole = line(depth, root + calls.join(''))
  if (fits(whole)) return whole
  if (calls.length > 2) return [line(depth, root), ...calls.map((call) => line(depth + 1, call))].join('\n')
  const opened = /^(.*[(,] ?)\{ (.*) \}\)$/s.exec(whole)
  if (!opened) return whole
  return `${opened[1] ?? ''}{\n${pad(depth + 1)}${opened[2] ?? ''},\n${pad(depth)}})`
}

/** A call with an object as its last argument: on one line; where it is too long, the object opened, or an argument a line. */
export function callLines(
  depth: number,
  name: string,
  root: string,
  calls: readonly string[],
  fields: string,
): string {
  const first = root + calls.join('')
  const whole = line(depth, `${name}(${first}, { ${fields} })`)
  if (fits(whole)) return whole
  const head = line(depth, `${name}(${first}, {`)
  if (fits(head)) return `${head}\n${line(depth + 1, `${fields},`)}\n${line(depth, '})')}`
  const argument = chainLines(depth + 1, root, calls)
  return [line(depth, `${name}(`), `${argument},`, line(depth + 1, `{ ${fields} },`), line(depth, ')')].join(
    '\n',
  )
}

/** A list of values in a call: on one line, or one a line. */
export function listLines(depth: number, before: string, values: readonly string[], after: string): string {
  const whole = line(depth, `${before}${values.join(', ')}${after}`)
  if (fits(whole)) return whole
  return [
    line(depth, before),
    ...values.map((value) => line(depth + 1, `${value},`)),
    line(depth, after),
  ].join('\n')
}
