import { changeText, figureText, sizeText, type Row } from '../../verdict/index.ts'

/** A row of an A/B test as cells: name, both figures, the change, between what it lies, what would be found. */
export function abCells({ name, unit, base, candidate, change, interval, detectable }: Row): string[] {
  const of = (value: number | undefined): string => (value === undefined ? '–' : figureText(value, unit))
  const by = (value: number): string => changeText(value, unit, base)
  return [
    name,
    of(base),
    of(candidate),
    change === undefined ? '–' : by(change),
    interval === undefined ? '–' : `${by(interval.low)} to ${by(interval.high)}`,
    detectable === undefined || base === undefined ? '–' : sizeText(detectable, unit, base),
  ]
}

/** The heads of {@link abCells}. */
export const AB_HEADINGS = ['', 'base', 'candidate', 'change', '95 of 100 cases', 'found from'] as const
