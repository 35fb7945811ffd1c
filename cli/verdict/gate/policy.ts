import type { GateConfig } from '../../../config/gate.ts'

/** What a gate does where it cannot say pass or fail. */
export type GatePolicy = Readonly<
  Required<Pick<GateConfig, 'inconclusive' | 'invalid' | 'insufficientBaseline'>>
>

/** The policy of a gate that is told nothing else. */
export const USUAL_POLICY: GatePolicy = { inconclusive: 'own', invalid: 'own', insufficientBaseline: 'pass' }

/** The same of a gate that is told what to compare with: there it is no pass if thresholds alone were judged. */
export const NAMED_BASE_POLICY: GatePolicy = { ...USUAL_POLICY, insufficientBaseline: 'inconclusive' }
