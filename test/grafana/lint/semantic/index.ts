import { controls } from './controls.ts'
import { firstRuns } from './firstRuns.ts'
import type { Rule } from './rule.ts'
import { timedLinks } from './timedLinks.ts'

export type { Given, Rule } from './rule.ts'

/** Every rule about what a dashboard says to its readers. */
export const RULES: readonly Rule[] = [controls, firstRuns, timedLinks]
