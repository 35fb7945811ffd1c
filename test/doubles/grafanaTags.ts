/** A tag as Grafana keeps it: key and value, the latter empty where the tag has no colon. */
export type Pair = readonly [key: string, value: string]

/** What Grafana allows of all tags together, unless it is configured: `tags_length` of `[annotations]`. */
const MOST = 500

/** Tags taken apart: at the first colon, a value ends at the next one; blanks around are dropped, and twins. */
export function pairsOf(tags: readonly string[]): Pair[] {
  const pairs = tags.map((tag): Pair => {
    const [key = '', value = ''] = tag.split(':')
    return [key.trim(), value.trim()]
  })
  return pairs.filter(
    ([key, value], at) => key !== '' && pairs.findIndex(([k, v]) => k === key && v === value) === at,
  )
}

/** Pairs as tags again. */
export const joined = (pairs: readonly Pair[]): string[] =>
  pairs.map(([key, value]) => (value === '' ? key : `${key}:${value}`))

/** Whether Grafana refuses so many bytes of tags. */
export const tooLong = (tags: readonly string[]): boolean => Buffer.byteLength(JSON.stringify(tags)) > MOST
