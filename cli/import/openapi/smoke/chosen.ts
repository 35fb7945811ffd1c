import { endsSession } from '../../sessionEnd.ts'
import type { Plan, Planned } from '../plan.ts'
import { isStream } from '../read/content.ts'
import { isSafe } from '../read/operations.ts'

/** Operations that are tried, and those that are not, each with the reason. */
export interface Chosen {
  chosen: Planned[]
  left: { operation: Planned; why: string }[]
}

/** The operations that are tried: those that only read, and end; of deprecated ones those that `include` names a part of. One that ends a session comes last. */
export function chosenOf({ operations }: Plan, include: readonly string[]): Chosen {
  const chosen: Planned[] = []
  const left: Chosen['left'] = []
  for (const operation of operations) {
    const { path, id, deprecated, success } = operation
    const included = include.some((part) => path.includes(part) || id.includes(part))
    if (!isSafe(operation)) left.push({ operation, why: 'it changes something' })
    else if (deprecated && !included) left.push({ operation, why: 'it is deprecated: --include keeps it' })
    else if (isStream(success))
      left.push({ operation, why: 'its answer never ends, and k6 reads whole answers' })
    else chosen.push(operation)
  }
  return { chosen: [...chosen.filter((one) => !isEnd(one)), ...chosen.filter(isEnd)], left }
}

/** Whether what comes after an operation would be asked without a session. */
export const isEnd = ({ id, path }: Planned): boolean => endsSession(id) || path.split('/').some(endsSession)
