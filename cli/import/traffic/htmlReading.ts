/** An element of a page that holds a value under a name. */
export interface Held {
  kind: 'input' | 'meta'
  name: string
  /** Which of those with this name, from 0. */
  index: number
  value: string
}

/** The fields of a page's forms that have values, and its meta elements, in their order. */
export function heldIn(html: string): Held[] {
  const counts = new Map<string, number>()
  return Array.from(html.matchAll(/<(input|meta)\b([^>]*)>/gi), ([, tag = '', attributes = '']) => {
    const kind = tag.toLowerCase() as Held['kind']
    const name = attributeOf(attributes, 'name')
    const key = `${kind} ${name}`
    const index = counts.get(key) ?? 0
    counts.set(key, index + 1)
    return { kind, name, index, value: attributeOf(attributes, kind === 'input' ? 'value' : 'content') }
  }).filter(({ name, value }) => name !== '' && value !== '')
}

function attributeOf(attributes: string, name: string): string {
  const [, double, single, plain] =
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes) ?? []
  return entitiesIn(double ?? single ?? plain ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** A text of HTML with its entities as characters. */
export const entitiesIn = (text: string): string =>
  text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, digits?: string, name = '') => {
      const point = hex === undefined ? Number(digits) : Number.parseInt(hex, 16)
      if (hex === undefined && digits === undefined) return ENTITIES[String(name)] ?? whole
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole
    },
  )
