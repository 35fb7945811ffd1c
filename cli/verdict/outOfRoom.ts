import { sum } from '../../config/sum.ts'
import type { ConsoleContent } from '../k6/index.ts'

/** What a machine that makes the load may have no more of. */
export type Lacking = 'file handle' | 'port' | 'network buffer'

/** Requests that were never sent, since the machine that makes the load had nothing left to send them with. */
export interface OutOfRoom {
  readonly lacking: Lacking
  readonly count: number
}

/** What the system says there, in the words of Linux and of macOS: EMFILE and ENFILE, EADDRNOTAVAIL, ENOBUFS. */
const WORDS: readonly (readonly [Lacking, RegExp])[] = [
  ['file handle', /too many open files/i],
  ['port', /(cannot|can't) assign requested address/i],
  ['network buffer', /no buffer space available/i],
]

/** What was lacking, by k6's warnings of requests that failed. */
export function outOfRoomIn(
  said: readonly Pick<ConsoleContent['said'][number], 'text' | 'count'>[],
): OutOfRoom[] {
  const failed = said.filter(({ text }) => text.startsWith('Request Failed: '))
  return WORDS.flatMap(([lacking, words]) => {
    // A target's name may hold any words: the system's are the last.
    const count = sum(failed.filter(({ text }) => words.test(text.slice(-60))).map((one) => one.count))
    return count > 0 ? [{ lacking, count }] : []
  })
}
