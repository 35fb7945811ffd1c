import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/experimental/streams')

/** Stands in for `k6/experimental/streams`. */
export default stand.default
/** The same by name. */
export const {
  CountQueuingStrategy,
  ReadableStream,
  ReadableStreamDefaultReader,
  WritableStream,
  WritableStreamDefaultWriter,
} = stand
