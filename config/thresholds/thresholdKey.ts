/** A key of thresholds, taken apart: `metric{tag:value}`. */
export interface ThresholdKey {
  metric: string
  tags: Record<string, string>
}

/**
 * Takes a key of thresholds apart as k6 does: the first colon divides tag and value, quotes around either do not count.
 * Gives undefined for a malformed one.
 */
export const parseThresholdKey = (key: string): ThresholdKey | undefined => {
  const match = /^([a-zA-Z_]\w*)(?:\{(.*)\})?$/.exec(key.trim())
  if (!match) return undefined
  const tags: Record<string, string> = {}
  for (const part of match[2] === undefined ? [] : match[2].split(',')) {
    const colon = part.indexOf(':')
    const [tag, value] = [part.slice(0, colon), part.slice(colon + 1)].map(unquoted)
    if (colon < 1 || !tag || !value) return undefined
    tags[tag] = value
  }
  return { metric: match[1] ?? '', tags }
}

/** The inverse of {@link parseThresholdKey}. */
export const thresholdKey = ({ metric, tags }: ThresholdKey): string => {
  const inner = Object.entries(tags).map(([tag, value]) => `${tag}:${value}`)
  return inner.length === 0 ? metric : `${metric}{${inner.join(',')}}`
}

const unquoted = (text: string): string => text.trim().replace(/^["']+|["']+$/g, '')

/** The value of a tag in a key of thresholds, if it names one: what a bundle needs of {@link parseThresholdKey}. */
export const tagOf = (key: string, tag: string): string | undefined =>
  new RegExp(`[{,][\\s"']*${tag}["'\\s]*:["'\\s]*(.+?)["'\\s]*[,}]`).exec(key)?.[1]
