import type { CloudConfig } from '../../../config/cloud.ts'

/** An output of k6's own, beside the recorder: `--out name=argument`. */
export interface Output {
  readonly name: string
  /** What follows the `=`; '' for nothing. It may hold a password. */
  readonly argument: string
  /** Where it was asked for: `--out`, `--out after --`, a variable. */
  readonly where: string
}

/** What was found of an output before a run. */
export type OutputFound = OutputReady | { readonly is: 'not'; readonly why: string }

/** An output that k6 is to be given: a sentence without its name, and what k6 gets besides. */
export interface OutputReady {
  readonly is: 'ready'
  readonly told: string
  /** Instead of the one that was asked for. */
  readonly argument?: string
  readonly env?: Readonly<Record<string, string>>
}

/** What an output is tried with. */
export interface Trial {
  readonly env: NodeJS.ProcessEnv
  /** Aborts when its time is over. */
  readonly signal: AbortSignal
  /** The config's `cloud`. */
  readonly cloud?: CloudConfig
}
