import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogramOf } from './histogram.ts'
import { encodeWrite } from './protocol.ts'
import { unpack } from './snappy.ts'
import { BOUNDS, classicOf, leOf } from './classic.ts'
import { labelsOf, samplePoint, seriesOf, valueOf, type RawSeries } from './wire.ts'

const histogramSeries = (name: string, values: readonly number[], schema?: number): RawSeries => {
  const value = histogramOf(values, schema)
  const body = encodeWrite([{ name, labels: { step: 'pay' }, samples: [], histograms: [{ at: 7, value }] }])
  return seriesOf(unpack(body, 1 << 20))[0]!
}
const read = (series: readonly RawSeries[]): Record<string, number> =>
  Object.fromEntries(
    series.map((one) => {
      const { __name__: name = '', le = '' } = labelsOf(one)
      return [name + (le && `{${le}}`), valueOf(one.points[0]!)]
    }),
  )

test.each(BOUNDS)(
  'with the suffix %j each bucket counts exactly what is at or under its bound',
  (suffix, bounds) => {
    const value = fc.oneof(fc.constantFrom(...bounds), fc.double({ min: -10, max: 2e9, noNaN: true }))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 50 }), fc.integer({ min: 0, max: 8 }), (values, schema) => {
        const classic = read(classicOf(histogramSeries(`k6_x${suffix}`, values, schema)))
        expect(classic).toMatchObject({
          ...Object.fromEntries(
            [...bounds, Infinity].map((bound) => [
              `k6_x${suffix}_bucket{${leOf(bound)}}`,
              values.filter((each) => each <= bound).length,
            ]),
          ),
          [`k6_x${suffix}_count`]: values.length,
        })
        expect(classic[`k6_x${suffix}_sum`]).toBeCloseTo(
          values.reduce((a, b) => a + b, 0),
          3,
        )
        expect(Object.keys(classic)).toHaveLength(bounds.length + 3)
      }),
      { numRuns: 40 },
    )
  },
)

test('every other label stays, and labels are sorted', () => {
  const [first] = classicOf(histogramSeries('k6_x_seconds', [1]))
  expect(Object.entries(labelsOf(first!))).toEqual([
    ['__name__', 'k6_x_seconds_bucket'],
    ['le', '0.0009765625'],
    ['step', 'pay'],
  ])
})

test('a series without histograms stays as it is', () => {
  const series = { labels: [], points: [samplePoint(1, 2)] }
  expect(classicOf(series)).toEqual([series])
})

test('a histogram of no values is zeros', () => {
  const classic = read(classicOf(histogramSeries('k6_x_seconds', [])))
  expect(Object.keys(classic)).toHaveLength(21)
  expect(new Set(Object.values(classic))).toEqual(new Set([0]))
})
