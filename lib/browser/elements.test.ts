import type { Locator } from 'k6/browser'
import { afterEach, expect, test } from 'vitest'
import { rehearse } from '../../testing/index.ts'
import { checked, containsText, hasText, hasValue, hidden, visible, type ElementCheck } from './elements.ts'
import { setVisit, type Visit } from './visit.ts'

afterEach(() => setVisit(undefined))

/** An element that gives one answer after the other, and the last one from then on; an error is thrown. */
function element(...answers: unknown[]) {
  let asked = 0
  const answer = (): Promise<unknown> => {
    const next = answers[Math.min(asked++, answers.length - 1)]
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  }
  const locator = new Proxy({}, { get: () => answer }) as Locator
  return { locator, asked: () => asked }
}

test.each<[string, ElementCheck, unknown[]]>([
  ['visible', visible(), [false, false, true]],
  ['hidden', hidden(), [false, new Error('Execution context was destroyed'), true]],
  ['checked', checked(), [false, false, true]],
  ['not checked', checked(false), [true, true, false]],
  ['containsText', containsText('is complete'), [null, '  Your order', 'Your order\n   is complete!']],
  ['containsText of a pattern', containsText(/\d items/g), ['', '', '3 items']],
  ['hasText', hasText('Total 12'), ['Total', 'Total 12.50', ' Total\n12 ']],
  ['hasValue', hasValue('Paris'), ['', 'Par', 'Paris']],
  ['hasValue of a pattern', hasValue(/^\d+$/), ['', 'x1', '42']],
])('%s waits until it holds', async (_, check, answers) => {
  const { locator, asked } = element(...answers)
  let held: boolean | undefined
  await rehearse(async () => {
    held = await check(locator)
  })
  expect(held).toBe(true)
  expect(asked()).toBe(3)
})

test('a check ends with its page', async () => {
  const { locator } = element(false)
  let held: boolean | undefined
  await rehearse(async () => {
    setVisit({} as Visit)
    const looking = visible()(locator)
    setVisit(undefined)
    held = await looking
  })
  expect(held).toBe(false)
})
