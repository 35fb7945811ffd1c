import { quote } from '../../../config/problem/problem.ts'
import { refusal } from '../../base/index.ts'
import type { JoinedPart } from './protocol.ts'
import { equalParts } from '../instances/parts.ts'

/** The part `i/n` of a load, from `1/n`. Throws UserError where it is none. */
export function partOf(text: string | undefined, most: number): JoinedPart {
  const [, first, all] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text ?? '') ?? []
  const [index, count] = [Number(first), Number(all)]
  if (first === undefined || index > count || count > most)
    throw refusal([
      {
        where: '--segment',
        got: text === undefined ? 'nothing' : quote(text),
        allowed: `which part of how many, up to ${most}, such as 1/3`,
      },
    ])
  const part = equalParts(count)[index - 1]
  if (!part) throw new Error('a part is one of all parts')
  return part
}
