import { SLOS_OF_DOORS } from '../../config/environments.ts'
import { mapValues } from './mapValues.ts'

/**
 * No SLOs on what no client of this suite does, since k6 refuses a threshold on a metric that is not there: who makes such
 * a client takes its Rate out.
 */
export const silent: Record<string, string[]> = mapValues(SLOS_OF_DOORS, () => [])
