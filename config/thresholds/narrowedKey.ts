import { parseThresholdKey } from './thresholdKey.ts'

/** Whether a key is another one, or that one in a phase or a scenario that is judged. */
export const isNarrowed = (own: string, key: string): boolean => {
  const before = parseThresholdKey(own)
  const after = parseThresholdKey(key)
  if (!before || before.metric !== after?.metric) return own === key
  const { phase: _phase, scenario: _scenario, ...rest } = after.tags
  const [wide, narrow] = [Object.entries(before.tags), Object.keys(rest)]
  return (
    wide.every(([tag, value]) => after.tags[tag] === value) &&
    narrow.every((tag) => Object.hasOwn(before.tags, tag))
  )
}
