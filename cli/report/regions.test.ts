import { expect, test } from 'vitest'
import { fakeReport } from '../../test/doubles/reportData.ts'
import type { RegionFigures } from '../record/index.ts'
import { regionTables } from './regions.ts'

const TIMES = { p50: 100, p95: 200, p99: 300 }
const beside = { verdict: 'worse', figures: ['p95 +54 %'] } as const
const textsOf = (regions: RegionFigures[]) =>
  regionTables({ ...fakeReport().record, regions }).map(({ headings, rows }) => [
    headings.join(' | '),
    ...rows.map((row) => row.map(({ text }) => text).join(' | ')),
  ])

test('regions are beside each other in what they did: requests first, with what became of them', () => {
  const calls = { signal: 'gRPC calls', count: 40, failed: 4, ...TIMES }
  const sockets = { signal: 'sockets', count: 7, failed: 0, ...TIMES }
  expect(
    textsOf([
      { region: 'eu', iterations: 20, requests: 80, failed: 8, ...TIMES, signals: [calls, sockets], beside },
      { region: 'us', iterations: 20, requests: 80, failed: 0, ...TIMES, signals: [calls] },
    ]),
  ).toEqual([
    [
      'Regions | iterations | requests | p50 | p95 | p99 | failed | beside the others',
      'eu | 20 | 80 | 100 ms | 200 ms | 300 ms | 8 (10 %) | worse: p95 +54 %',
      'us | 20 | 80 | 100 ms | 200 ms | 300 ms | 0 | cannot tell',
    ],
    [
      'Regions: gRPC calls | gRPC calls | p50 | p95 | p99 | failed',
      'eu | 40 | 100 ms | 200 ms | 300 ms | 4 (10 %)',
      'us | 40 | 100 ms | 200 ms | 300 ms | 4 (10 %)',
    ],
    [
      'Regions: sockets | sockets | p50 | p95 | p99',
      'eu | 7 | 100 ms | 200 ms | 300 ms',
      'us | 0 | – | – | –',
    ],
  ])
})

test('a suite without HTTP has the rows of what it measures, journeys or iterations', () => {
  const of = (signal: string): RegionFigures[] =>
    ['eu', 'us'].map((region) => ({
      region,
      iterations: 20,
      requests: 0,
      failed: 0,
      beside,
      signals: [{ signal, count: 18, failed: 0, ...TIMES }],
    }))
  expect(textsOf(of('journeys'))[0]).toEqual([
    'Regions | iterations | journeys | p50 | p95 | p99 | failed | beside the others',
    'eu | 20 | 18 | 100 ms | 200 ms | 300 ms | 0 | worse: p95 +54 %',
    'us | 20 | 18 | 100 ms | 200 ms | 300 ms | 0 | worse: p95 +54 %',
  ])
  expect(textsOf(of('iterations'))[0]?.slice(0, 2)).toEqual([
    'Regions | iterations | p50 | p95 | p99 | beside the others',
    'eu | 18 | 100 ms | 200 ms | 300 ms | worse: p95 +54 %',
  ])
  expect(textsOf([])).toEqual([])
})
