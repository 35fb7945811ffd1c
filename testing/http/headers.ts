/** Go's spelling of a header's name: `content-type` → `Content-Type`; a name that is no token stays as it is. */
export function canonical(name: string): string {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return name
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
