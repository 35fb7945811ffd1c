import { changeText, figureText, type Row } from '../../verdict/index.ts'

/** Of a change that is so many times the shift, most comes from a small part of the run. */
const FEW = 2

/** A change in ms with its sign. */
const moved = (ms: number): string => `${ms < 0 ? '−' : '+'}${figureText(Math.abs(ms), 'ms')}`

/** What is told beside the verdict of a row: the shift over the whole run, and the interval; undefined where there is nothing. */
export function evidenceText({ evidence, base, change = 0, verdict }: Row): string | undefined {
  if (evidence === undefined) return undefined
  const { shift, interval } = evidence
  const few = (verdict === 'worse' || verdict === 'better') && Math.abs(change) > FEW * Math.abs(shift)
  return [
    `shift over the run ${moved(shift)} (${changeText(shift, 'ms', base)})`,
    ...(few ? ['most of the change comes from a small part of the run'] : []),
    ...(interval ? [`within these runs ${moved(interval.low)} to ${moved(interval.high)}`] : []),
  ].join('; ')
}
