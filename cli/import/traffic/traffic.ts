import type { Note } from '../recording.ts'
import type { Exchange } from './exchange.ts'

/** Requests that were recorded, whatever the format of the file. */
export interface Traffic {
  /** What the file is, in words. */
  kind: string
  exchanges: readonly Exchange[]
  /** Names of the groups that a person put requests in. */
  titles: ReadonlyMap<string, string>
  left: readonly Note[]
  look: readonly Note[]
}
