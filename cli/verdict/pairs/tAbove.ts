import { lastWhere } from '../comparison/normal.ts'
import { studentChance } from '../history/student.ts'

/** Above which t, 0 to 38, such a share (0 to 0.5) of Student's distribution lies. */
export const tAbove = (share: number, freedom: number): number =>
  lastWhere((t) => studentChance(t, freedom) / 2 > share)
