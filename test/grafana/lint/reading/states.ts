import { defaultsOf, onEach } from './rule.ts'

/** Two verdicts of one kind are two runs: merged, they are one that lasted. */
export const states = onEach(['state-timeline'], (panel, say) => {
  const isOfVerdicts = JSON.stringify(defaultsOf(panel).mappings ?? []).includes('inconclusive')
  const { mergeValues } = (panel.options ?? {}) as { mergeValues?: boolean }
  if (isOfVerdicts && mergeValues !== false) say('merges verdicts of several runs')
})
