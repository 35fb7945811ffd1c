import { expect, test } from 'vitest'
import type { JourneyFigures } from './figures.ts'
import { unfinishedIn, unfinishedTexts, withEnds } from './unfinished.ts'

const step = (name: string, completed: number) => ({ name, completed, measured: 0, requests: 0, failed: 0 })
const journey = (more: Partial<JourneyFigures>): JourneyFigures => ({
  ...{ name: 'buy', started: 3, completed: 0, failed: 0 },
  ...{ steps: [step('basket', 3), step('pay', 0)], ...more },
})

test('what started and neither completed nor failed was interrupted, in the step that most never left', () => {
  expect(unfinishedIn(withEnds([journey({}), journey({ name: 'visit', completed: 2, failed: 1 })]))).toEqual([
    { journey: 'buy', started: 3, interrupted: 3, step: 'pay' },
  ])
})

test('many keep a run from passing, few are a note', () => {
  const { reasons, notes } = unfinishedTexts([
    { journey: 'buy', started: 3, interrupted: 3, step: 'pay' },
    { started: 100, interrupted: 5 },
  ])
  expect(reasons).toEqual([
    'buy: 3 started, 3 interrupted in step pay: they had not ended when k6 stopped them',
  ])
  expect(notes).toEqual(['100 started, 5 interrupted: they had not ended when k6 stopped them'])
})
