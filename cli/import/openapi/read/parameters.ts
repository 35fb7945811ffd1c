import type { Documents } from './documents.ts'
import { examplesOf } from './examples.ts'
import { child, children, own, textAt, type Place } from './place.ts'

/** Where a parameter is sent. */
export type Where = 'path' | 'query' | 'header' | 'cookie'

/** A parameter of an operation. */
export interface Parameter {
  name: string
  where: Where
  /** What the function of the client calls it: its name, with where it is sent if another has that name. */
  key: string
  required: boolean
  schema: Place
  /** How lists and objects are written: `form`, `deepObject` … */
  style: string
  /** Whether each value of a list is a parameter of its own. */
  explode: boolean
  /** Whether it is sent as JSON. */
  json: boolean
  examples: readonly Place[]
}

/** Headers that are no parameters, says OpenAPI. */
const NO_PARAMETER = /^(?:accept|content-type|authorization)$/i
const WHERE: readonly string[] = ['path', 'query', 'header', 'cookie']

/** The parameters of an operation, with those of its path. */
export function parametersOf(
  item: Place,
  operation: Place,
  template: string,
  documents: Documents,
): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const place of [item, operation].flatMap((of) => children(child(of, 'parameters')))) {
    const read = parameterOf(documents.follow(place), documents)
    if (read !== undefined) found.set(`${read.where} ${read.name}`, read)
  }
  const inPath = Array.from(template.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => name)
  for (const name of inPath)
    if (!found.has(`path ${name}`))
      found.set(`path ${name}`, { ...UNDECLARED, name, key: name, schema: child(operation, 'schema') })
  const taken = new Set(['body'])
  return [...found.values()]
    .filter(({ where, name }) => where !== 'path' || inPath.includes(name))
    .map((parameter) => {
      const { name, where } = parameter
      const key = taken.has(name) ? where + name.charAt(0).toUpperCase() + name.slice(1) : name
      taken.add(name).add(key)
      return { ...parameter, key }
    })
}

const UNDECLARED = {
  where: 'path',
  required: true,
  style: 'simple',
  explode: false,
  json: false,
  examples: [],
} as const

function parameterOf(place: Place, documents: Documents): Parameter | undefined {
  const name = textAt(place.value, 'name')
  const where = textAt(place.value, 'in')
  if (name === undefined || where === undefined || !WHERE.includes(where)) {
    if (place.value !== undefined)
      documents.problem(place, 'a parameter without a name or place', `name, and in: ${WHERE.join(', ')}`)
    return undefined
  }
  if (where === 'header' && NO_PARAMETER.test(name)) return undefined
  const [content] = children(child(place, 'content'))
  const style = textAt(place.value, 'style') ?? (where === 'query' || where === 'cookie' ? 'form' : 'simple')
  const explode = own(place.value, 'explode')
  return {
    name,
    where: where as Where,
    key: name,
    required: where === 'path' || own(place.value, 'required') === true,
    schema: child(content ?? place, 'schema'),
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form',
    json: content !== undefined,
    examples: examplesOf(content ?? place, documents),
  }
}
