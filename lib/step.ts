import { isPromise, UsageError } from './errors.ts'
import { iteration } from './iteration.ts'
import { groupDuration, stepsCompleted, type TagValue } from './metrics.ts'
import { addInPhase, tagPhase } from './phase.ts'
import { setTag, tags } from './tags.ts'
import { beginTrace, enterTrace, leaveTrace, type Trace } from './trace.ts'

/** A step at its place: made when it is first opened, and used again by the iterations that follow. */
interface Frame extends Trace {
  readonly name: string
  /** k6's group: `::outer::inner`. */
  readonly path: string
  readonly outer: Frame | undefined
  readonly inner: Map<string, Frame>
  began: number
  /** The tag `group` before: k6 starts with an empty one, and a series without it would be another one. */
  groupBefore: TagValue | undefined
  /** Its body returned a promise that has not settled. */
  pending: boolean
}

const outermost = new Map<string, Frame>()
let current: Frame | undefined

/** The step that is open now: its name and trace. */
export function openStep(): Readonly<Pick<Frame, 'name' | 'id' | 'flags'>> | undefined {
  return current
}

/**
 * Runs `body` as one intention inside a journey, now, and returns what it returns. Tags what happens inside with
 * `step` and k6's `group`, records k6's `group_duration`. An async body must be awaited before the next step opens.
 * Throws what `body` throws; throws UsageError for a step opened while another one is still running.
 */
export function step<T>(name: string, body: () => T): T {
  const frame = open(name)
  let result: T
  try {
    result = body()
  } catch (thrown) {
    close(frame, false)
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
      close(frame, false)
      throw thrown
    },
  ) as T
}

/** Forgets open steps and their tags: an iteration that was interrupted leaves none to the next. */
export function resetSteps(): void {
  for (; current; current = current.outer) restore(current)
}

function open(name: string): Frame {
  if (current?.pending)
    throw new UsageError(
      `step "${name}" was opened while step "${current.name}" is still running: await that one first; ` +
        'for requests side by side use one step with api.batch([…]); steps nest only before the first await',
    )
  const siblings = current ? current.inner : outermost
  const frame = siblings.get(name) ?? place(name, siblings)
  const ambient = tags()
  frame.groupBefore = ambient.group
  frame.began = Date.now()
  frame.pending = false
  current = frame
  ambient.step = name
  ambient.group = frame.path
  tagPhase(frame.began)
  return beginTrace(frame)
}

function place(name: string, siblings: Map<string, Frame>): Frame {
  if (name === '' || name.includes('::'))
    throw new UsageError(
      `a step's name may not be empty or contain "::" (k6 divides groups with it): got "${name}"`,
    )
  const frame: Frame = {
    name,
    path: `${current ? current.path : ''}::${name}`,
    outer: current,
    inner: new Map(),
    id: '',
    flags: '02',
    began: 0,
    groupBefore: undefined,
    pending: false,
  }
  siblings.set(name, frame)
  return frame
}

function close(frame: Frame, completed: boolean): void {
  groupDuration.add(Date.now() - frame.began)
  leaveTrace()
  if (completed) addInPhase(iteration()?.phase, stepsCompleted, 1)
  current = frame.outer
  restore(frame)
}

/** Puts back what was there before a step opened. */
function restore({ outer, groupBefore }: Frame): void {
  setTag('step', outer?.name)
  setTag('group', groupBefore)
  if (outer) enterTrace(outer)
}
