import type { Bound } from '../../traffic/bind.ts'
import type { Expected } from '../../traffic/checks.ts'
import type { Comments } from '../../traffic/comments.ts'
import type { Draft } from '../../traffic/draft.ts'

/** A request as it is written. */
export interface RequestSource {
  draft: Draft
  /** The name of its samples. */
  name: string
  /** The client that sends it. */
  client: string
  /** The constant of its answer. */
  answer: string
  expected: Expected
  /** Values that are read from its answer. */
  reads: readonly Bound[]
  /** What sends operations of GraphQL by its client, where it is one. */
  operations: string | undefined
  /** Headers that its client has already. */
  shared: ReadonlySet<string>
  /** Comments in front of it and behind it, without their marks. */
  comments: Comments | undefined
}
