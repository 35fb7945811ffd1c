import { steps } from './steps.ts'

/** The steps of a visitor who is new in each iteration: one set for all journeys, since each VU holds every function. */
export const visitor = steps()
