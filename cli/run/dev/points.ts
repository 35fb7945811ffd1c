import { CHECKS, JOURNEYS, REQUESTS, STEPS } from '../../record/index.ts'
import { entries } from './log.ts'

/** A sample of a pass that its story tells of. */
export interface Point {
  metric: string
  /** Nanoseconds would not fit: the text sorts as the time does. */
  time: string
  value: number
  tags: Readonly<Record<string, string | undefined>>
}

const TOLD: readonly string[] = [
  ...[REQUESTS.trend, CHECKS.okShare, STEPS.trend, JOURNEYS.started, JOURNEYS.trend],
  JOURNEYS.failedShare,
]

/** Of what a page loads, its documents are told: the tag says what a request is for. */
const BROWSER_REQUESTS = 'browser_http_req_duration'
export const DOCUMENT = 'resource_type'

/** The samples of k6's `--out json` that a story tells of, in the order of their time. */
export function pointsOf(json: string): Point[] {
  const points = entries(json).flatMap((entry): Point[] => {
    const { metric, type, data } = entry as { metric?: string; type?: string; data?: Omit<Point, 'metric'> }
    const told =
      metric === BROWSER_REQUESTS
        ? type === 'Point' && data?.tags[DOCUMENT] === 'Document'
        : TOLD.includes(metric ?? '')
    return type === 'Point' && data && metric !== undefined && told
      ? [{ metric, time: padded(data.time), value: data.value, tags: data.tags }]
      : []
  })
  const steps = points.filter(({ metric }) => metric === STEPS.trend)
  return points
    .map((point) => (point.metric === BROWSER_REQUESTS ? inItsStep(point, steps) : point))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
}

/** A page's document, in the step in which it was answered: k6 tells it later, with the tags of the step that runs then. */
function inItsStep(point: Point, steps: readonly Point[]): Point {
  const at = Date.parse(point.time)
  const around = steps.filter(({ time, value, tags: { journey } }) => {
    const end = Date.parse(time)
    return journey === point.tags.journey && at <= end && at >= Math.floor(end - value)
  })
  const inner = around.sort((a, b) => a.value - b.value)[0]
  if (!inner) return point
  return { ...point, tags: { ...point.tags, group: inner.tags.group, step: inner.tags.step } }
}

/** A time whose fraction has all its digits: Go leaves zeros at the end out. */
function padded(time: string): string {
  const [, seconds = time, fraction = ''] = /^([^.Z+]*)(?:\.(\d+))?/.exec(time) ?? []
  return `${seconds}.${fraction.padEnd(9, '0')}`
}
