import type { Shape } from '../../config/workload/shape.ts'

/** A part of a test that is run, as k6 was told (`0:1/4`), and its share of the whole, 0 to 1. */
export interface ExecutionSegment {
  text: string
  share: number
}

/** What k6 was told of the load, beside the suite's own scenarios. */
export interface RunLoad {
  /** By `-u`, `-i`, `-d` or `-s`: the scenarios were replaced by one `default`, which has no phases. */
  replaced: boolean
  /** By `-i 1`: a suite's single pass, which judges itself. */
  singlePass: boolean
  /** By `--execution-segment`, or the suite's own options; absent where the whole was run. */
  segment?: ExecutionSegment
  /** What was run in place of the scenarios, where they were replaced. */
  scenarios?: Readonly<Record<string, Shape>>
}
