import type { RunRecord, TimelineAbout } from '../record/index.ts'

/** Names of the run's journeys, steps and metrics, which its recorder does not know. */
export const runDetails = ({
  journeys,
  declared,
}: RunRecord): Required<Omit<TimelineAbout, 'metrics'>> & TimelineAbout => ({
  journeys: journeys.map(({ name }) => name),
  steps: journeys.flatMap(({ name: journey, steps }) => steps.map(({ name: step }) => ({ journey, step }))),
  ...(declared ? { metrics: declared.metrics } : {}),
})
