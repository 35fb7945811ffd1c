/** Looks a gjson path up: names, indexes, `#`, `*` and `?`; undefined when nothing is there. */
export function lookUp(value: unknown, path: string): unknown {
  if (/#\(|@|[|{[]/.test(path))
    throw new Error(`the double of k6 does not know this selector of json(): ${path}`)
  const steps = path.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'))
  return follow(value, steps)
}

function follow(value: unknown, steps: string[]): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (Array.isArray(value)) {
    if (step !== '#') return /^\d+$/.test(step) ? follow(value[Number(step)], rest) : undefined
    if (rest.length === 0) return value.length
    return value.map((item) => follow(item, rest)).filter((item) => item !== undefined)
  }
  if (typeof value !== 'object' || value === null) return undefined
  const key = Object.hasOwn(value, step) ? step : Object.keys(value).find((name) => matches(name, step))
  return key === undefined ? undefined : follow((value as Record<string, unknown>)[key], rest)
}

function matches(name: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return false
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(name)
}

/** k6's sentence for a body that is no JSON. */
export function jsonComplaint(text: string, error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  const at = text.trim() === '' ? text.length : Number(/position (\d+)/.exec(said)?.[1] ?? text.search(/\S/))
  const before = text.slice(0, at + 1)
  const line = before.split('\n').length
  const character = before.length - (before.lastIndexOf('\n') + 1)
  const why =
    at >= text.length
      ? 'unexpected end of JSON input'
      : `invalid character '${text.charAt(at)}' looking for beginning of value`
  return `cannot parse json due to an error at line ${line}, character ${character} , error: ${why}`
}
