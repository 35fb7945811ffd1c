import { classicOf, encodedMessage, pack, seriesOf } from '../../prometheus/index.ts'
import { meaningOf, type Meaning } from './answers.ts'
import type { Post } from './post.ts'

/** The form in which a server takes histograms. */
export type Form = 'native' | 'classic'

/** Writes unpacked pushes to a server in the form that it takes; `packed` is the same, as it was pushed. */
export type Send = (message: Uint8Array, packed?: Uint8Array) => Promise<Meaning>

/** How a server is written to. `onClassic` is called when it turns out to take no native histograms. */
export function sender(post: Post, { form: first, onClassic, timeoutMs, signal }: SendOptions): Send {
  let form = first
  const send = async (message: Uint8Array, packed?: Uint8Array): Promise<Meaning> => {
    const written = form
    const body =
      written === 'native'
        ? (packed ?? pack(message))
        : pack(encodedMessage(seriesOf(message).flatMap(classicOf)))
    const answer = await post(body, { timeoutMs, signal })
    const meaning = meaningOf(answer)
    if (meaning.is !== 'native') return meaning
    if (written === 'classic') return { is: 'bad', why: 'text' in answer ? `answers ${answer.text}` : '' }
    form = 'classic'
    onClassic()
    return send(message)
  }
  return send
}

/** How a server is written to at first, and how long. */
export interface SendOptions {
  readonly form: Form
  readonly onClassic: () => void
  /** Milliseconds for one request. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}
