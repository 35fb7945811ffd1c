import type { Note } from '../recording.ts'
import type { Plan } from './plan.ts'

const MAX_EXAMPLES = 3

/** What of the recording is not in the journey, and why: how many of each kind, and some of them by name. */
export function leftNotes({ left, hops, lifted }: Plan): Note[] {
  const notes = [...left].map(([why, names]): Note => {
    const kinds = [...new Set(names.map((name) => lifted.hide(name)))]
    const more = kinds.length > MAX_EXAMPLES ? `, and ${kinds.length - MAX_EXAMPLES} more` : ''
    return { text: `${names.length} × ${why} (${kinds.slice(0, MAX_EXAMPLES).join(', ')}${more})` }
  })
  if (hops > 0) notes.push({ text: `${hops} × redirects: the client follows them` })
  return notes
}
