import { UserError } from '../../base/index.ts'
import { probe } from './probe.ts'
import type { Form } from './send.ts'
import type { Target } from './target.ts'

/** A server that a run's series go to, and the form in which it takes histograms. */
export interface ForwardReady {
  readonly target: Target
  readonly histograms: Form
  /** It took a sample before the run. */
  readonly answers: boolean
}

/**
 * Tries a server before a run, and says what it found in one line. One that takes nothing now gets its samples later,
 * from the queue; where it is `required`, that is refused by a UserError.
 */
export async function ready(
  target: Target,
  { required, say }: { required: boolean; say: (line: string) => void },
): Promise<ForwardReady> {
  const tried = await probe(target)
  if (tried.state === 'ok') {
    const note = tried.note === undefined ? '' : `; ${tried.note}`
    say(
      `remote write: ${target.url} ${tried.read ? 'took a sample, which was read back' : 'takes samples'}${note}`,
    )
    return { target, histograms: tried.histograms, answers: true }
  }
  if (required) throw new UserError(`--require-remote-write: ${tried.problem}`)
  say(`remote write: ${tried.problem}; samples wait on disk (send them later with: loadwright forward)`)
  return { target, histograms: 'native', answers: false }
}
