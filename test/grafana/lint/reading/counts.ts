import { defaultsOf, onEach, overridesOf } from './rule.ts'

/** Counts are said in full: 12.3 K requests of a run may be 12 251 or 12 349. */
export const counts = onEach(['stat', 'table'], (panel, say) => {
  const units = [defaultsOf(panel).unit, ...overridesOf(panel).map(({ of }) => of.unit)]
  if (units.includes('short')) say('its counts are shortened: 12.3 K')
})
