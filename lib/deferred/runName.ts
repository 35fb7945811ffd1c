import { reading } from './settings.ts'

/** The name of a run that began then: RUN_ID, else the Cloud's, else the time in UTC, as `20261121T205900`. */
export const nameRun = (startTime: number): string =>
  reading().settings.RUN_ID ??
  __ENV.K6_CLOUDRUN_TEST_RUN_ID ??
  new Date(startTime).toISOString().slice(0, 19).replace(/[-:]/g, '')
