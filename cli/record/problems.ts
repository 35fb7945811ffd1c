import { reasonOf, type Reason, type Values } from './reason.ts'

/** What can keep a part of a run out of its record: codes of `problems`, with when each is told. */
export const PROBLEMS = {
  'push-not-read': 'a push of k6’s could not be read: what it held is not in the record',
  'push-refused':
    'a collector refused a push: of another run or bundle, of nobody, or more at once than it reads or its disk takes',
  'collector-full':
    'a run had more series or instances than a collector keeps, or its disk took nothing more',
  'push-not-sent': 'k6 elsewhere could not reach the collector: its later pushes have what was missed',
  'push-not-followed': 'a push is in the record, and was not sent on or written',
  'recorder-failed': 'the recorder’s own socket failed',
  'series-damaged': 'a part of the recorded series cannot be read any more',
  'series-not-written': 'the disk did not take the series: figures are whole, charts end early',
  'series-not-read': 'what was recorded before cannot be read: figures are whole, charts end early',
  'log-too-long': 'the script wrote more on its console than is read of it',
  'output-failed':
    'an output of k6’s that was asked for beside the recorder told of trouble: samples may be missing there',
} as const

/** A problem of a record's, by its code. */
export const problemOf = <Found extends Values<Found>>(
  code: keyof typeof PROBLEMS,
  text: string,
  data: Found,
): Reason => reasonOf(code, text, data)

/** What a collector took no more of, in words; undefined where it took all that came. */
export const fullOf = (problems: readonly Reason[]): string | undefined =>
  problems.find(({ code }) => code === ('collector-full' satisfies keyof typeof PROBLEMS))?.text
