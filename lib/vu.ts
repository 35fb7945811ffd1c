import { exec } from './k6.ts'

/** The value of a tag. */
export type TagValue = string | number | boolean

type Tags = Record<string, TagValue>

let kept: { tags: Tags; metadata: Tags } | undefined

/** One access through `exec` costs 12 µs, and the objects stay valid for the VU's life, so they are fetched once. */
const ambient = (): { tags: Tags; metadata: Tags } => {
  if (!kept) {
    const { tags, metadata } = exec.vu.metrics
    kept = { tags, metadata }
  }
  return kept
}

/** The tags that every sample of this VU carries from now on. */
export const tags = (): Tags => ambient().tags

/** The VU's metadata: like tags, but never a dimension of a series (`trace_id`). */
export const metadata = (): Tags => ambient().metadata

/** When this VU was initialised (Unix time, milliseconds): where TIME_BUDGET starts to count. */
export const born = Date.now()
