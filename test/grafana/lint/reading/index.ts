import { axes } from './axes.ts'
import { heatmaps } from './heatmaps.ts'
import { journeyColours } from './journeyColours.ts'
import { legends } from './legends.ts'
import { nameless } from './nameless.ts'
import type { ReadingRule } from './rule.ts'
import { states } from './states.ts'

/** Every rule on how a dashboard reads: what is right by its form and misleads all the same. */
export const READING: readonly ReadingRule[] = [axes, heatmaps, journeyColours, legends, nameless, states]
