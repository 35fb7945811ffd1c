import type { Recording } from './recording.ts'

/** Reads one format. */
export interface Reader {
  /** The format's name, with an article. */
  kind: string
  /** Whether a text is of this format; `json` is what it holds as JSON, undefined where it is none. */
  knows: (text: string, json: unknown) => boolean
  /** Throws UserError with what is wrong, and where. */
  read: (text: string, json: unknown) => Promise<Recording> | Recording
}
