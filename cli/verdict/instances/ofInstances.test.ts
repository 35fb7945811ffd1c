import { expect, test } from 'vitest'
import type { Instance } from '../../record/index.ts'
import { ofInstances } from './ofInstances.ts'

const at = (second: number): string => new Date(second * 1000).toISOString()
const instance = (id: string, from: number, to: number, more: Partial<Instance> = {}): Instance => ({
  id,
  k6: { version: '', path: '', command: [] },
  started: at(from),
  ended: at(to),
  ...more,
})
const ENDING = { code: 0, interrupted: false }

test('those that began late are told, and those that made their load one after the other', () => {
  expect(ofInstances([instance('1', 0, 60), instance('2', 4, 64)], ENDING)).not.toHaveProperty('apart')
  expect(ofInstances([instance('1', 0, 60), instance('2', 8, 68)], ENDING).apart).toEqual({
    instance: '2',
    seconds: 8,
  })
  const { alone, apart } = ofInstances([instance('1', 0, 60), instance('2', 61, 121)], ENDING)
  expect([alone, apart]).toEqual([{ instance: '2', seconds: 61, of: 60 }, undefined])
  expect(ofInstances([instance('1', 0, 60), instance('2', 30, 90)], ENDING).alone).toBeDefined()
})

test('clocks that are seconds apart', () => {
  const both = [
    instance('1', 0, 9, { aheadMs: -4100 }),
    instance('2', 0, 9, { aheadMs: 200 }),
    instance('3', 0, 9),
  ]
  expect(ofInstances(both, ENDING).clocks).toEqual({ instance: '2', ms: 4300 })
  expect(ofInstances(both.slice(1), ENDING).clocks).toBeUndefined()
})

test('short loads of which one began when the other had made half of its own were not made together', () => {
  expect(ofInstances([instance('1', 0, 4), instance('2', 4, 8)], ENDING).alone).toEqual({
    instance: '2',
    seconds: 4,
    of: 4,
  })
  const close = ofInstances([instance('1', 0, 3), instance('2', 2, 5)], ENDING)
  expect(close).not.toHaveProperty('alone')
})
