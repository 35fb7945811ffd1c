import { position } from './position.ts'
import { settings } from './settings.ts'

/** The name of a run: RUN_ID, else the Cloud's, else the scenario's start in UTC, as `20261121T205900`. */
export const nameRun = (): string =>
  settings().RUN_ID ??
  __ENV.K6_CLOUDRUN_TEST_RUN_ID ??
  new Date(position().startTime).toISOString().slice(0, 19).replace(/[-:]/g, '')
