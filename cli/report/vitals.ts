import { number, time } from '../base/index.ts'
import { WEB_VITALS, type PageFigures, type Rating, type RunRecord } from '../record/index.ts'

/** A Web Vital of a page in words; empty where it was not measured. */
export interface VitalCell {
  text: string
  rating?: Rating
}

/** A page with its vitals, in the order of {@link VITAL_NAMES}. */
export interface VitalRow {
  page: string
  journey: string
  /** How often the page was visited, by the vital that was measured most often. */
  visits: number
  cells: VitalCell[]
}

/** What the columns of vitals are called. */
export const VITAL_NAMES: readonly string[] = WEB_VITALS.map(({ name }) => name)

/** A score of CLS has no unit, and three digits are what Google shows. */
const SCORE_DIGITS = 3

/** The Web Vitals of a run at the 75th percentile, page by page. */
export const vitalRows = ({ pages = [] }: Pick<RunRecord, 'pages'>): VitalRow[] => pages.map(row)

function row({ page, journey = '', vitals }: PageFigures): VitalRow {
  return {
    page,
    journey,
    visits: Math.max(0, ...vitals.map(({ count }) => count)),
    cells: WEB_VITALS.map(({ metric, unit }) => {
      const found = vitals.find((one) => one.metric === metric)
      if (found === undefined) return { text: '' }
      const { p75, rating } = found
      return { text: unit === 'ms' ? time(p75) : number(Number(p75.toFixed(SCORE_DIGITS))), rating }
    }),
  }
}
