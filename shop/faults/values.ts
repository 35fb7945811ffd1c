import { PRODUCT } from '../catalog.ts'
import { ROUTES, type Route, type RouteName } from '../routes.ts'
import { didYouMean } from '../suggest.ts'

/** A number from `min` to `max`; throws an Error whose clause names it as `what`. */
export function numberIn(text: string, what: string, min: number, max: number): number {
  const value = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && value >= min && value <= max) return value
  throw new Error(`${what} "${text}" is not a number from ${min} to ${max}`)
}

/** A share from 0 to 1. */
export const faultShare = (text: string): number => numberIn(text, 'the share', 0, 1)

/** `LEFT:RIGHT`, cut at the first colon; throws an Error when there is none. */
export function pairOf(text: string, left: string, right: string): [string, string] {
  const at = text.indexOf(':')
  if (at < 0) throw new Error(`"${text}" is not ${left}:${right}`)
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

const takes = (route: Route, method: string | undefined): boolean =>
  method === undefined || route.methods?.includes(method) !== false

/** The routes that `[METHOD ]PATH` or `*` means; throws an Error that lists the paths when there is none. */
export function faultRoutes(text: string): RouteName[] {
  const [, method, path = ''] = /^(?:([A-Za-z]+)\s+)?(\S+)$/.exec(text) ?? []
  const verb = method?.toUpperCase()
  const bare = path.replace(/\/\{[a-z]+\}$/, '')
  const found = ROUTES.filter((route) => (path === '*' ? route.shopping : route.path === bare))
  const names = found.filter((route) => takes(route, verb)).map((route) => route.name)
  if (names.length > 0) return names
  if (found.length > 0) {
    const verbs = found.flatMap((route) => route.methods ?? [])
    throw new Error(`the route "${text}" does not exist: ${path} takes ${[...new Set(verbs)].join(', ')}`)
  }
  const paths = [...new Set(ROUTES.map((route) => route.path))]
  throw new Error(
    `the route "${text}" is not *, ${paths.join(', ')}, or a method and one of them.${didYouMean(bare, paths)}`,
  )
}

/** Product ids of this shop, apart by commas; throws an Error that names every unknown one. */
export function productIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim())
  const unknown = ids.filter((id) => !PRODUCT.has(id))
  if (unknown.length === 0) return ids
  const known = [...PRODUCT.keys()]
  throw new Error(
    `${unknown.map((id) => `"${id}"`).join(', ')} is no product of this shop, which has ${known.join(', ')}.` +
      didYouMean(unknown[0] ?? '', known),
  )
}
