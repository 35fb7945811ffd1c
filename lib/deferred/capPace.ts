import type { Environment } from '../../config/environments.ts'
import { totalPeak, type Shape } from '../../config/workload/shape.ts'
import { exec } from '../k6.ts'
import { reading } from './settings.ts'

/** The pace, in milliseconds, of VUs who together keep to an environment's cap on the rate. */
export const capPace = (
  scenarios: Readonly<Record<string, Shape>> = exec.test.options.scenarios ?? {},
  environment: Environment | undefined = reading().environment,
): number => (1000 * totalPeak(Object.values(scenarios)).vus) / (environment?.caps.rate ?? Infinity)
