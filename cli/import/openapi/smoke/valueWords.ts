import type { Planned, PlannedParameter } from '../plan.ts'

/** What a value is called: `order id` for `id` of `/orders/{id}`. */
export function valueWords({ path }: Planned, { name, where }: PlannedParameter): string {
  if (where !== 'path' || !/^(?:id|uuid|key|name|slug|code)$/i.test(name)) return name
  const before = path.slice(0, path.indexOf(`/{${name}}`)).replace(/^.*\//, '')
  return `${before.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')} ${name}`
}
