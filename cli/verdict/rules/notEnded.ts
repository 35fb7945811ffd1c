import type { Reason } from '../../record/index.ts'
import { rule } from './rule.ts'

export const NOT_ENDED = rule({
  code: 'run-not-ended',
  about: 'the record has no end: the run is still running, or was killed',
  effect: 'invalid',
  when: ({ seconds }: { seconds?: number }) => [{ seconds }],
  say: ({ seconds }) =>
    `the run is still running, or was killed${seconds === undefined ? '' : `: its figures go up to ${seconds} s`}`,
})

/** The reason of a record that has no end, with the seconds up to which its figures are known. */
export const notEnded = (seconds?: number): Reason[] => [
  ...NOT_ENDED.read(seconds === undefined ? {} : { seconds }),
]
