import { currentScenario } from './currentScenario.ts'
import { deferred } from './deferred/index.ts'

let agreed: string | undefined

/** Sets the name that `setup` gave the run, so that every VU uses the same one. */
export const setRunId = (id: string): void => {
  agreed = id
}

/** The name of this run: the one that `setup` gave, else as {@link nameRun} finds it. */
export const runId = (): string => (agreed ??= deferred().nameRun(currentScenario().startTime))
