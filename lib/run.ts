import { settings } from '../config/index.ts'
import { position } from './position.ts'

let agreed: string | undefined

/** Sets the name that `setup` gave the run, so that every VU uses the same one. */
export function setRunId(id: string): void {
  agreed = id
}

/** A name for a run that nobody named: the UTC time, as `20261121T205900`. */
export function runIdAt(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace(/[-:]/g, '')
}

/** The name of this run: RUN_ID, else the Cloud's, else the one that `setup` gave, else the scenario's start. */
export function runId(): string {
  return (agreed ??= settings().RUN_ID ?? __ENV.K6_CLOUDRUN_TEST_RUN_ID ?? runIdAt(position().startTime))
}
