import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../test/texts.ts'
import { createRegistry } from './registry.ts'
import type { MetricType } from './types.ts'

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_'.split('')
const good = fc.tuple(
  fc.constantFrom(...letters),
  fc.string({ unit: fc.constantFrom(...letters, ...'0123456789'.split('')), minLength: 1, maxLength: 128 }),
)
const type = fc.constantFrom<MetricType>('counter', 'gauge', 'rate', 'trend')

test('a good name may be declared again, the same way only', () => {
  fc.assert(
    fc.property(good, type, type, fc.boolean(), fc.boolean(), ([first, rest], one, two, timeOne, timeTwo) => {
      // Longer than any of k6's own names.
      const name = `${first}${rest}`.padEnd(40, '_').slice(0, 129)
      const registry = createRegistry()
      const metric = registry.declare(name, one, timeOne)
      expect(metric).toMatchObject({ name, type: one })
      const again = registry.declare(name, two, timeTwo)
      expect(again === metric).toBe(one === two && timeOne === timeTwo)
    }),
  )
})

test('any other name is refused', () => {
  fc.assert(
    fc.property(anyText(), (name) => {
      fc.pre(!/^[a-zA-Z_][a-zA-Z0-9_]{1,128}$/.test(name))
      expect(createRegistry().declare(name, 'trend', false)).toContain(`Invalid metric name: '${name}'`)
    }),
  )
})
