import { expect, test } from 'vitest'
import { createView, withinView, zoomed } from './view.ts'

const all = { min: 0, max: 100 }

test('zooming keeps the moment in its place, and ends at all there is', () => {
  expect(zoomed(all, all, 0.5, 20)).toEqual({ min: 10, max: 60 })
  expect(zoomed({ min: 10, max: 60 }, all, 2, 20)).toBeUndefined()
  expect(zoomed({ min: 0, max: 20 }, all, 2, 10)).toEqual({ min: 0, max: 40 })
})

test('a view does not leave what there is', () => {
  expect(withinView({ min: -10, max: 10 }, all)).toEqual({ min: 0, max: 20 })
  expect(withinView({ min: 90, max: 110 }, all)).toEqual({ min: 80, max: 100 })
})

test('who listens hears of changes only', () => {
  const view = createView()
  let heard = 0
  view.onChange(() => heard++)
  view.set(undefined)
  view.set({ min: 1, max: 2 })
  view.set({ min: 1, max: 2 })
  view.set(undefined)
  expect(heard).toBe(2)
})
