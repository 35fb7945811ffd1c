import type { Page } from 'k6/browser'
import { expectTypeOf, test } from 'vitest'
import { workload } from '../../scenarios/index.ts'
import { check, ensure } from './check.ts'
import { visible } from './elements.ts'
import { pageJourney } from './pageJourney.ts'
import { step } from './step.ts'
import { suite } from './suite.ts'

const look = pageJourney('look', async (page) => {
  expectTypeOf(page).toEqualTypeOf<Page>()
  await page.goto('/')
})
const scenarios = { visitors: workload({ PROFILE: 'smoke', SCALE: 1 })(look, { vus: 1 }) }

test('thresholds know vitals, by page', () => {
  suite({
    name: 'test',
    scenarios,
    thresholds: {
      'browser_web_vital_lcp{page:home}': ['p(75)<2500'],
      browser_web_vital_cls: ['p(75)<0.1'],
    },
  })
  // @ts-expect-error -- k6 measures no such vital
  suite({ name: 'test', scenarios, thresholds: { 'browser_web_vital_lcq{page:home}': ['p(75)<2500'] } })
  // @ts-expect-error -- a trend has no rate
  suite({ name: 'test', scenarios, thresholds: { browser_web_vital_lcp: ['rate<0.1'] } })
})

test('a step gives what its body gives, once it is awaited', () => {
  expectTypeOf(step('read', () => 3)).toEqualTypeOf<Promise<number>>()
  expectTypeOf(step('read', () => Promise.resolve('x'))).toEqualTypeOf<Promise<string>>()
})

test('checks may wait, and take what is checked', () => {
  pageJourney('look', async (page) => {
    expectTypeOf(check(page, { 'is titled': async (page) => (await page.title()) !== '' })).toEqualTypeOf<
      Promise<boolean>
    >()
    await ensure(page.getByRole('heading'), { 'heading is shown': visible() })
    // @ts-expect-error -- a page is no element
    await ensure(page, { 'heading is shown': visible() })
    // @ts-expect-error -- a check says whether it holds
    await check(page, { 'is titled': (page) => page.title() })
  })
})
