/** A key of thresholds, taken apart: `metric{tag:value}`. */
export interface ThresholdKey {
  metric: string
  tags: Record<string, string>
}

/** Takes a key of thresholds apart as k6 does (the first colon divides tag and value); undefined if malformed. */
export const parseThresholdKey = (key: string): ThresholdKey | undefined => {
  const match = /^([a-zA-Z_]\w*)(?:\{(.*)\})?$/.exec(key.trim())
  if (!match) return undefined
  const tags: Record<string, string> = {}
  for (const part of match[2] === undefined ? [] : match[2].split(',')) {
    const colon = part.indexOf(':')
    const value = part
      .slice(colon + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2')
    if (colon < 1 || value === '') return undefined
    tags[part.slice(0, colon).trim()] = value
  }
  return { metric: match[1] ?? '', tags }
}

/** The inverse of {@link parseThresholdKey}. */
export const thresholdKey = ({ metric, tags }: ThresholdKey): string => {
  const inner = Object.entries(tags).map(([tag, value]) => `${tag}:${value}`)
  return inner.length === 0 ? metric : `${metric}{${inner.join(',')}}`
}

/** The value of a tag in a key of thresholds, if it names one. */
export const tagOf = (key: string, tag: string): string | undefined =>
  new RegExp(`[{,]\\s*${tag}:([^,}]+)`).exec(key)?.[1]?.trim()
