import { plainText } from './literals.ts'
import type { Action } from './recording.ts'
import { stepName } from './stepNames.ts'

/** A step of the journey, with what a person did before its answer came. */
export interface Step {
  name: string
  actions: Action[]
  /** Milliseconds that the recording waited before it. */
  pause?: number
}

/** Roles of what is filled in or chosen, so that clicking it ends no step. */
const FIELDS = /^(?:textbox|searchbox|combobox|checkbox|radio|spinbutton|slider|listbox|option|switch)$/

/** Puts actions into steps: each ends with what asks for something new, and with what is expected of the answer. */
export function stepsOf(actions: readonly Action[], base: string | undefined): Step[] {
  const groups: { actions: Action[]; pause: number }[] = []
  let open: Action[] | undefined
  let pause = 0
  let ended = false
  for (const action of actions) {
    const { deed } = action
    if (deed.type === 'pause') {
      pause += deed.milliseconds
      // What is typed after a pause still belongs to the form before it.
      if (ended) open = undefined
      continue
    }
    const follows =
      deed.type === 'expect' || deed.type === 'title' || deed.type === 'url' || deed.type === 'left'
    const begins = deed.type === 'goto' || deed.type === 'page' || (ended && !follows)
    if (
      open === undefined ||
      (begins && !waits(open)) ||
      action.step !== open[0]?.step ||
      action.page !== open[0]?.page
    ) {
      open = []
      groups.push({ actions: open, pause })
      pause = 0
      ended = false
    }
    open.push(action)
    ended ||= ends(action)
  }
  const whole = groups.filter(({ actions: own }) => own.some(({ deed }) => deed.type !== 'left'))
  const taken = new Map<string, number>()
  return whole.map(({ actions: own, pause: before }) => {
    const name = stepName(own, base)
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    const step = {
      name: count === 1 ? name : `${name} (${ORDINALS[count] ?? `time ${count}`})`,
      actions: own,
    }
    return before > 0 ? { ...step, pause: before } : step
  })
}

const ORDINALS: Readonly<Record<number, string>> = {
  2: 'again',
  3: 'third time',
  4: 'fourth time',
  5: 'fifth time',
}

/** Whether nothing has been done in a group yet: what is opened first belongs to it. */
const waits = (group: readonly Action[]): boolean => group.every(({ deed }) => deed.type === 'left')

/** Whether an action asks for something new, so that a person waits for the answer. */
function ends({ deed, navigates, opens, step }: Action): boolean {
  if (step !== undefined) return false
  if (navigates === true || opens !== undefined) return true
  if (deed.type === 'goto' || deed.type === 'page') return true
  if (deed.type !== 'act') return false
  if (deed.method === 'press') return deed.given[0] === 'Enter'
  if (!/^(?:click|dblclick|tap)$/.test(deed.method)) return false
  const last = deed.target.findLast(({ method }) => /^(?:getBy|locator)/.test(method))
  if (last?.method === 'getByLabel' || last?.method === 'getByPlaceholder') return false
  return !(last?.method === 'getByRole' && FIELDS.test(plainText(last.given[0])))
}
