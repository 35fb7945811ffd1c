import { axes } from './axes.ts'
import { controls } from './controls.ts'
import { firstRuns } from './firstRuns.ts'
import { heatmaps } from './heatmaps.ts'
import { journeyColours } from './journeyColours.ts'
import { legends } from './legends.ts'
import { nameless } from './nameless.ts'
import type { ReadingRule } from './rule.ts'
import { states } from './states.ts'
import { timedLinks } from './timedLinks.ts'

/** Every rule on how a dashboard reads: what is right by its form and misleads all the same. */
export const READING: readonly ReadingRule[] = [
  axes,
  controls,
  firstRuns,
  heatmaps,
  journeyColours,
  legends,
  nameless,
  states,
  timedLinks,
]
