/** What a gate makes of a verdict that is neither pass nor fail: its own exit code, that of `fail`, or that of `pass`. */
export const TREATMENTS = ['own', 'fail', 'pass'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** What a gate makes of a run without enough comparable ones to compare it with. */
export const WITHOUT_BASELINE = ['pass', 'inconclusive', 'fail'] as const
export type WithoutBaseline = (typeof WITHOUT_BASELINE)[number]

/** What a gate does where it cannot say pass or fail. */
export interface GatePolicy {
  /** Of `inconclusive`: exit code 95 (`own`), 99 or 0. */
  readonly inconclusive: Treatment
  /** Of `invalid`: exit code 96 (`own`), 99 or 0. */
  readonly invalid: Treatment
  readonly insufficientBaseline: WithoutBaseline
}

/** The policy of a gate that is told nothing else. */
export const USUAL_POLICY: GatePolicy = { inconclusive: 'own', invalid: 'own', insufficientBaseline: 'pass' }
