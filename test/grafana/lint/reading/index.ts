import { axes } from './axes.ts'
import { comparison } from './comparison.ts'
import { controls } from './controls.ts'
import { counts } from './counts.ts'
import { firstRuns } from './firstRuns.ts'
import { firstScreen } from './firstScreen.ts'
import { gauges } from './gauges.ts'
import { heatmaps } from './heatmaps.ts'
import { journeyColours } from './journeyColours.ts'
import { legends } from './legends.ts'
import { markers } from './markers.ts'
import { meanings } from './meanings.ts'
import { nameless } from './nameless.ts'
import { phases } from './phases.ts'
import type { ReadingRule } from './rule.ts'
import { runFacts } from './runFacts.ts'
import { states } from './states.ts'
import { steps } from './steps.ts'
import { system } from './system.ts'
import { tiles } from './tiles.ts'
import { timedLinks } from './timedLinks.ts'
import { why } from './why.ts'
import { widths } from './widths.ts'

/** Every rule on how a dashboard reads: what is right by its form and misleads all the same. */
export const READING: readonly ReadingRule[] = [
  axes,
  comparison,
  controls,
  counts,
  firstRuns,
  firstScreen,
  gauges,
  heatmaps,
  journeyColours,
  legends,
  markers,
  meanings,
  nameless,
  phases,
  runFacts,
  states,
  steps,
  system,
  tiles,
  timedLinks,
  why,
  widths,
]
