import { zAbove } from './normal.ts'

/**
 * Above which value such a share (0 to 0.5) of a χ² distribution lies, by the cube root that is nearly normal (Wilson &
 * Hilferty 1931, Proc. Natl. Acad. Sci. 17:684): within 1 % from 2 degrees of freedom on.
 */
export function chiSquareAbove(share: number, freedom: number): number {
  const variance = 2 / (9 * freedom)
  return freedom * (1 - variance + zAbove(share) * Math.sqrt(variance)) ** 3
}
