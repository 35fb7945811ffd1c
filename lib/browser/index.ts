/**
 * Journeys in a real browser: k6's browser module, as journeys, steps and checks.
 *
 * @module loadwright/browser
 */
export { check, ensure, type PageChecks } from './check.ts'
export { checked, containsText, hasText, hasValue, hidden, visible, type ElementCheck } from './elements.ts'
export { hybrid } from './hybrid.ts'
export type { PageNames } from './names.ts'
export { pageJourney, type PageJourneyOptions } from './pageJourney.ts'
export { step } from './step.ts'
export { suite, type PageSuite } from './suite.ts'
export { think } from './think.ts'
export type { PageProblem } from './visit.ts'
