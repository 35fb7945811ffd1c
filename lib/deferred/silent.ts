import { SLOS_OF_DOORS } from '../../config/environments.ts'

/**
 * The Rates of what this bundle does not do: no SLOs are on them, whatever their tags, since k6 refuses a threshold on a metric
 * that is not there. Who does it takes its Rate out.
 */
export const silent: Record<string, unknown> = { ...SLOS_OF_DOORS }
