import { beginTrace } from './beginTrace.ts'
import { deferred } from './deferred/index.ts'
import { errorNamed } from './errors.ts'
import { iteration } from './iteration.ts'
import { groupDuration, stepsCompleted } from './metrics.ts'
import { openStep, setOpenStep, type Frame } from './openStep.ts'
import { addInPhase } from './phaseTag.ts'
import { isPromise } from './promise.ts'
import { tagPhase } from './followPhase.ts'
import { enterTrace, leaveTrace } from './trace.ts'
import { tags } from './vu.ts'

/** By their paths. */
const frames: Record<string, Frame> = {}

/**
 * Runs `body` as one intention inside a journey, now, and returns what it returns. Tags what happens inside with
 * `step` and k6's `group`, records k6's `group_duration`. An async body must be awaited before the next step opens.
 * Throws what `body` throws; throws UsageError for a step opened while another one is still running.
 */
export const step = <T>(name: string, body: () => T): T => {
  const frame = open(name)
  let result: T
  try {
    result = body()
  } catch (thrown) {
    close(frame, false, thrown)
    throw thrown
  }
  if (!isPromise(result)) {
    close(frame, true)
    return result
  }
  frame.pending = true
  return result.then(
    (value) => {
      close(frame, true)
      return value
    },
    (thrown: unknown) => {
      close(frame, false, thrown)
      throw thrown
    },
  ) as T
}

/** Forgets open steps and their tags: an iteration that was interrupted leaves none to the next. */
export const resetSteps = (): void => {
  while (openStep) {
    restore(openStep)
    setOpenStep(openStep.outer)
  }
}

const open = (name: string): Frame => {
  if (openStep?.pending)
    throw errorNamed(
      `step "${name}" was opened while step "${openStep.name}" is still running: await that one first, or send all with api.batch([…])`,
    )
  const path = `${openStep ? openStep.path : ''}::${name}`
  const ambient = tags()
  const began = Date.now()
  let frame = frames[path]
  if (frame?.name !== name) {
    if (name === '' || name.includes('::'))
      throw errorNamed(`a step's name may not be empty or contain "::": got "${name}"`)
    const outer = openStep
    frame = { name, path, outer, id: '', flags: '02', began, group: undefined, pending: false }
    frames[path] = frame
  }
  frame.group = ambient.group
  frame.began = began
  frame.pending = false
  setOpenStep(frame)
  ambient.step = name
  ambient.group = path
  tagPhase(began)
  beginTrace(frame)
  return frame
}

const close = (frame: Frame, completed: boolean, thrown?: unknown): void => {
  const took = Date.now() - frame.began
  groupDuration.add(took)
  leaveTrace()
  if (globalThis.LOADWRIGHT_SPANS !== false && frame.spans) deferred().endStep(frame, took, completed, thrown)
  if (completed) addInPhase(iteration?.phase, stepsCompleted, 1)
  else if (iteration && iteration.thrown !== thrown) {
    iteration.thrown = thrown
    iteration.threw = frame.name
  }
  setOpenStep(frame.outer)
  restore(frame)
}

/** Puts back what was there before a step opened. */
const restore = ({ outer, group }: Frame): void => {
  const ambient = tags()
  if (group === undefined) delete ambient.group
  else ambient.group = group
  if (!outer) delete ambient.step
  else {
    ambient.step = outer.name
    enterTrace(outer)
  }
}
