import type { Access } from './access.ts'

/** How two values are compared. */
export type Comparison =
  | 'equal'
  | 'oneOf'
  | 'below'
  | 'most'
  | 'above'
  | 'least'
  | 'include'
  | 'match'
  | 'type'
  | 'defined'
  | 'exist'
  | 'truthy'
  | 'empty'

/** What a test says of a response. */
export interface Claim {
  access: Access
  comparison: Comparison
  not: boolean
  /** What it is compared with: literals, patterns (as source), variables. */
  operands: readonly Operand[]
  /** Whether it was compared by `==`. */
  loose?: boolean
}

/** One thing that a value is compared with. */
export type Operand =
  Access | { of: 'pattern'; source: string; flags: string } | { of: 'list'; items: readonly Access[] }
