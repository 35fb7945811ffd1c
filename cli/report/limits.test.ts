import { expect, test } from 'vitest'
import { readLimit } from './limits.ts'

const line = (
  metric: string,
  threshold: string,
  value?: number,
  result: 'pass' | 'fail' | 'no samples' = 'pass',
) => {
  const told = readLimit({ metric, threshold, result, ...(value === undefined ? {} : { value }) })
  const used = told.used === undefined ? '' : ` [${told.used.toFixed(2)}]`
  return `${told.where} | ${told.aggregation} ${told.limit} | ${told.value ?? '–'} | ${told.margin ?? '–'}${used}`
}

test('the figure beside its limit, in units, and how far apart', () => {
  const lines = [
    line('http_req_duration{journey:checkout}', 'p(95)<800', 912, 'fail'),
    line('http_req_duration', 'p(95)<800', 512),
    line('checks', 'rate>0.99', 0.992),
    line('checks', 'rate>0.99', 0.95, 'fail'),
    line('http_req_failed', 'rate<0.01', 0.0967, 'fail'),
    line('http_req_failed', 'rate<0.01', 0),
    line('http_reqs', 'rate>=50', 25, 'fail'),
    line('http_reqs', 'count>100', 200),
    line('data_received', 'count<1048576', 524_288),
    line('basket', 'avg<100', 40),
    line('errors', 'count==0', 3, 'fail'),
    line('errors', 'count<=0', 0),
    line('span_duration', 'p(99) < 20', undefined, 'no samples'),
    line('x', 'nonsense', 1),
  ]
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "journey: checkout | p(95) < 800 ms | 912 ms | 112 ms over (14 %) [1.14]
     | p(95) < 800 ms | 512 ms | 288 ms to spare (36 %) [0.64]
     | rate > 99 % | 99.2 % | 0.2 points to spare [0.80]
     | rate > 99 % | 95 % | 4 points short [5.00]
     | rate < 1 % | 9.7 % | 8.67 points over [9.67]
     | rate < 1 % | 0 % | 1 point to spare [0.00]
     | rate >= 50/s | 25/s | 25/s short (50 %) [2.00]
     | count > 100 | 200 | 100 to spare (100 %) [0.50]
     | count < 1 MiB | 512 KiB | 512 KiB to spare (50 %) [0.50]
     | avg < 100 | 40 | 60 to spare (60 %) [0.40]
     | count == 0 | 3 | 3 apart
     | count <= 0 | 0 | on the limit
     | p(99) < 20 ms | – | –
     |  nonsense | – | –"
  `)
})

test('of what is allowed: above 1 exactly where a limit is crossed', () => {
  const used = (threshold: string, value: number) =>
    readLimit({ metric: 'checks', threshold, result: 'pass', value }).used
  expect(used('rate>0.99', 0.9) ?? 0).toBeGreaterThan(1)
  expect(used('rate>0.99', 0.999) ?? 2).toBeLessThan(1)
  expect(used('rate>0.99', 0.99)).toBeCloseTo(1)
})
