import { expect, test } from 'vitest'
import { seriesText } from './seriesText.ts'

const metrics = ['checks', 'http_reqs', 'a', 'b', 'c'].map((metric, at) => ({ metric, series: 50 - at }))

test('how many, and of what', () => {
  expect(seriesText({ series: 748, perPhase: 182, phases: ['ramp-up', 'steady'], metrics })).toEqual([
    'about 748 series, 182 a phase in 2 phases; most of them checks 50, http_reqs 49, a 48, b 47',
  ])
  expect(seriesText({ series: 20, perPhase: 20, phases: [], metrics: [] })[0]).toMatch(
    /^about 20 series, 20 a phase/,
  )
})

test('more than the budget is said, with what to do', () => {
  const [, warning] = seriesText({ series: 976, perPhase: 239, phases: ['steady'], metrics })
  expect(warning).toMatch(
    /^warning: 239 series a phase, 200 are enough; 976 series a run, 800 are enough\. Give requests names/,
  )
  expect(seriesText({ series: 800, perPhase: 200, phases: [], metrics })).toHaveLength(1)
})
