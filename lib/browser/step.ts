import { errorNamed } from '../errors.ts'
import { step as plainStep } from '../step.ts'
import { keep } from './keep.ts'
import { visit, type Visit } from './visit.ts'
import { waitLimit } from './waitLimit.ts'

/**
 * Runs `body` as one step of a journey in a browser, and gives what it gives. The step fails where `body` throws, and where
 * its page answered with an error, threw one, or showed a box; then what the page looked like is kept. Throws UsageError
 * outside of a page journey.
 */
export const step = async <T>(name: string, body: () => Promise<T> | T): Promise<T> => {
  const open = visit
  if (open === undefined) throw errorNamed(`step "${name}" outside of a page journey`)
  await refuseLeft(open)
  open.console.length = 0
  try {
    return await plainStep(name, async () => {
      open.page.setDefaultTimeout(waitLimit())
      try {
        return await firstOf(open, Promise.resolve(body()))
      } finally {
        // What the page did says more than what the body missed.
        raise(open)
      }
    })
  } catch (thrown) {
    await keep(open, name)
    throw thrown
  } finally {
    open.onProblem = undefined
    open.problems = []
    open.last = name
  }
}

/** Fails the journey where its page had a problem since the last step ended: that is of no step. */
export const refuseLeft = async (open: Visit): Promise<void> => {
  if (open.problems.length === 0) return
  await keep(open, open.last)
  raise(open, open.last === undefined ? '' : `after step "${open.last}": `)
}

const raise = (open: Visit, where = ''): void => {
  const { problems } = open
  if (problems.length === 0) return
  open.problems = []
  throw errorNamed(where + [...new Set(problems.map(({ text }) => text))].join('; '), 'PageError')
}

/** What a body gives, or nothing as soon as its page has a problem: what it waits for then may never come. */
const firstOf = <T>(open: Visit, body: Promise<T>): Promise<T> => {
  const problem = new Promise<T>((resolve) => {
    open.onProblem = resolve as () => void
  })
  // It may still fail when nobody waits for it any more.
  body.catch(() => undefined)
  return Promise.race([body, problem])
}
