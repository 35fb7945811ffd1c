/** A leaf of JSON. */
export interface Leaf {
  /** As k6's `json(path)` takes it: `order.items.0.id`. */
  path: string
  /** The names that a request may call it by: `id`, `orderId`. */
  names: readonly string[]
  value: string | number
  /** How many lists it is in, at another place than the first. */
  lists: number
}

const MAX_LEAVES = 200_000

/** The texts and numbers of JSON, each with its path; `noun` is what the whole is called. */
export function leavesOf(json: unknown, noun: string): Leaf[] {
  const leaves: Leaf[] = []
  const walk = (value: unknown, path: string, key: string, parent: string, lists: number): void => {
    if (leaves.length >= MAX_LEAVES) return
    if (typeof value === 'string' || typeof value === 'number') {
      leaves.push({ path, names: namesOf(key, parent), value, lists })
    } else if (Array.isArray(value)) {
      value.forEach((one, index) =>
        walk(
          one,
          join(path, String(index)),
          oneOf(key),
          parent === '' ? key : parent,
          lists + (index > 0 ? 1 : 0),
        ),
      )
    } else if (typeof value === 'object' && value !== null) {
      const own = key === '' ? noun : key
      for (const [name, one] of Object.entries(value)) walk(one, join(path, escaped(name)), name, own, lists)
    }
  }
  walk(json, '', '', noun, 0)
  return leaves
}

const oneOf = (key: string): string => key.replace(/ies$/, 'y').replace(/s$/, '')

/** An `id` is that of what it is in. */
const namesOf = (key: string, parent: string): string[] =>
  /^_?(?:id|uuid|guid|key|token)$/i.test(key) && parent !== ''
    ? [`${parent}${key.replace(/^_/, '').replace(/^./, (letter) => letter.toUpperCase())}`, key]
    : [key]

/** The path of a leaf as k6's `json(path)` takes it; `#` is the length of a list. */
export const pathText = (path: readonly (string | number)[]): string =>
  path.map((part) => (part === '#' ? part : escaped(String(part)))).join('.')

const join = (path: string, part: string): string => (path === '' ? part : `${path}.${part}`)
/** Characters that a path of k6's takes for something else. */
const escaped = (name: string): string => name.replace(/[.*?|#@\\!{}[\]()=<>%"]/g, '\\$&')
