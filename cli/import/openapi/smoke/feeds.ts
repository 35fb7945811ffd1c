import type { Plan, Planned, PlannedParameter } from '../plan.ts'
import { child, children, keyOf, own, type Place } from '../read/place.ts'

/** A value that the answer of one operation has, and others are given. */
export interface Feed {
  /** The operation whose answer has it. */
  from: Planned
  /** Where it is in the JSON, as k6 selects it: `items.0.id`. */
  selector: string
  /** Its type: `number`. */
  type: 'string' | 'number'
  /** The parameter whose value it is. */
  parameter: PlannedParameter
}

/**
 * Where the value of a parameter of a path comes from: the operation that lists what the path is of, such as `/orders`
 * for `/orders/{id}`, if the schema of its answer has such a field. Undefined where the schemas do not say so.
 */
export function feedOf(operation: Planned, parameter: PlannedParameter, plan: Plan): Feed | undefined {
  if (parameter.where !== 'path') return undefined
  const end = operation.path.indexOf(`/{${parameter.name}}`)
  if (end <= 0) return undefined
  const list = plan.lists.get(operation.path.slice(0, end))
  const content = list?.success.contents.find(({ kind }) => kind === 'json')
  if (list === undefined || content === undefined) return undefined
  const found = itemOf(content.schema, plan)
  if (found === undefined) return undefined
  const field = idNames(parameter.name).find(
    (name) => own(propertiesOf(found.item, plan), name) !== undefined,
  )
  if (field === undefined || !/^\w+$/.test(field)) return undefined
  const type = typeOf(
    plan.documents.follow(child({ ...found.item, value: propertiesOf(found.item, plan) }, field)).value,
  )
  if (type === undefined || type !== typeOf(plan.documents.follow(parameter.schema).value)) return undefined
  return { from: list, selector: [...found.path, '0', field].join('.'), type, parameter }
}

/** `petId` may be `id` in the list of pets. */
const idNames = (name: string): string[] => [name, ...(/(?:[a-z\d]I|_i|-i|^i)d$/.test(name) ? ['id'] : [])]

/** The items of a list, or of the one list that an object has. */
function itemOf(schema: Place, plan: Plan): { item: Place; path: string[] } | undefined {
  const at = plan.documents.follow(schema)
  const items = child(at, 'items')
  if (items.value !== undefined) return { item: plan.documents.follow(items), path: [] }
  const lists = children(child(at, 'properties')).filter(
    (property) => child(plan.documents.follow(property), 'items').value !== undefined,
  )
  const [only] = lists
  if (lists.length !== 1 || only === undefined || !/^\w+$/.test(keyOf(only))) return undefined
  return { item: plan.documents.follow(child(plan.documents.follow(only), 'items')), path: [keyOf(only)] }
}

/** The properties of an object, of its parts as well. */
function propertiesOf(schema: Place, plan: Plan): Record<string, unknown> {
  const parts = children(child(schema, 'allOf')).map((part) => plan.documents.follow(part))
  const all = [schema, ...parts].flatMap((part) => children(child(part, 'properties')))
  return Object.fromEntries(all.map((property) => [keyOf(property), plan.documents.follow(property).value]))
}

/** The type of a value that addresses have. */
function typeOf(schema: unknown): 'string' | 'number' | undefined {
  const type = own(schema, 'type')
  if (type === 'string') return 'string'
  return type === 'integer' || type === 'number' ? 'number' : undefined
}
