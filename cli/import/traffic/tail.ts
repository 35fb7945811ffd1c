import { isHidden } from '../secrets/isHidden.ts'
import { mixed, type Change, type Value } from './value.ts'

/** The query of an address where a part of it has no name, and may be a secret: `?9f8e7d…`; empty for others. */
export const namelessQuery = (url: URL): string =>
  Array.from(url.searchParams).some(([name, value]) => value === '' && isHidden(name)) ? url.search : ''

/** A part of a path with what follows it: `cart;jsessionid=5A8F`, `verify?9f8e7d`. */
export function mapPart(part: string, name: string, inPath: Change, inQuery: Change): Value {
  const [own = '', ...rest] = part.split(/([;?&])/)
  if (rest.length === 0) return inPath(part, name)
  return mixed([
    own === '' ? '' : inPath(own, name),
    ...rest.map((text) => {
      const [, key = '', value = ''] = /^([\w.-]+=)?(.*)$/s.exec(text) ?? []
      return value === '' || /^[;?&]$/.test(text)
        ? text
        : mixed([key, inQuery(value, key.slice(0, -1) || own)])
    }),
  ])
}
