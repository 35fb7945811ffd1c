import type { Reason } from '../../record/index.ts'
import { rule } from './rule.ts'

export const NOT_ENDED = rule({
  code: 'run-not-ended',
  about: 'the record was written before the run had ended, and not after: it goes on, or it was cut short',
  effect: 'invalid',
  when: ({ seconds }: { seconds?: number }) => [{ seconds }],
  say: ({ seconds }) =>
    `the run has not ended, or was cut short${seconds === undefined ? '' : `: these are its figures up to ${seconds} s`}`,
})

/** The reason of a record that has no end, with the seconds up to which its figures are known. */
export const notEnded = (seconds?: number): Reason[] => [
  ...NOT_ENDED.read(seconds === undefined ? {} : { seconds }),
]
