import { quote } from '../../../config/problem/problem.ts'
import type { Member } from './roster.ts'

/** Milliseconds without a push that are worth a line: k6 pushes every few seconds. */
const SILENT_MS = 15_000

/** What a line was last said of. */
interface Known {
  isEnded: boolean
  isSilent: boolean
  isDoubled: boolean
  restarts: number
}

/** Says what has changed among instances since it was last asked; times are ms since 1970. */
export function createNews(
  expect: number | undefined,
): (members: readonly Member[], since: number, now: number) => string[] {
  const known = new Map<string, Known>()
  return (members, since, now) =>
    members.flatMap((member) => {
      const { id, isEnded, isDoubled, restarts } = member
      const quiet = now - Math.max(member.last, since)
      const isSilent = !isEnded && quiet >= SILENT_MS
      const before = known.get(id)
      known.set(id, { isEnded, isSilent, isDoubled, restarts })
      const name = `instance ${/^[\w.-]{1,64}$/.test(id) ? id : quote(id.slice(0, 64))}`
      const count = `${known.size}${expect === undefined ? '' : ` of ${expect}`}`
      const lines: (string | false)[] = [
        !before &&
          `${name} pushes (${count})${expect !== undefined && known.size > expect ? ': one more than expected' : ''}`,
        isDoubled && before?.isDoubled !== true && `two k6 push as ${name}, in turns: give each its own name`,
        // Of two in turns each push looks like that.
        restarts > (before?.restarts ?? 0) && !isDoubled && `${name} began anew`,
        isSilent && before?.isSilent !== true && `${name} is silent for ${Math.round(quiet / 1000)} s`,
        !isSilent && before?.isSilent === true && !isEnded && `${name} pushes again`,
        isEnded && before?.isEnded !== true && `${name} came to its end`,
      ]
      return lines.filter((line) => line !== false)
    })
}
