import { byPattern, FADED } from '../../overrides.ts'

/** How the same a week before is drawn. */
export const WEEK_BEFORE = byPattern('/a week before$/', FADED)
