/** Endings below which each name is of somebody else: `shop.co.uk` is one site. */
const SECOND_LEVEL = /^(?:co|com|net|org|gov|edu|ac|or|ne|go)\.[a-z]{2}$/

/** The name that a company's hosts share: `api.shop.example.com` is of `example.com`; an address is of itself. */
export function siteOf(host: string): string {
  if (/^[\d.]+$|^\[|^[^.]+$/.test(host)) return host
  const parts = host.split('.')
  const count = SECOND_LEVEL.test(parts.slice(-2).join('.')) ? 3 : 2
  return parts.slice(-count).join('.')
}
