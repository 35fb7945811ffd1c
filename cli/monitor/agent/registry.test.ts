import { expect, test } from 'vitest'
import type { AgentSample, Tags } from '../../check/output/sample.ts'
import { register, type Registered } from './registry.ts'
import { outputOf } from '../../check/index.ts'

const of = (metric: string, tags: Tags = {}, kind: AgentSample['kind'] = 'counter'): AgentSample => ({
  metric,
  kind,
  tags,
  value: 1,
})
const registered = async (...samples: AgentSample[]): Promise<Registered> =>
  register((await outputOf(samples, 1)).series)

// Each was tried on the agent itself (bff8060).
test.each<[string, AgentSample[], RegExp]>([
  ['two underscores first', [of('own', { __a: '1' })], /tag "__a" becomes __a, and .* two underscores/],
  ['what becomes two underscores', [of('own', { '--a': '1' })], /tag "--a" becomes __a/],
  ['the reserved name', [of('own', { __name__: '1' })], /two underscores/],
  ['a raw URL that is empty', [of('own', { __raw_url__: '' })], /two underscores/],
  ['a colon', [of('own', { 'a:b': '1' })], /colon/],
  ['no name', [of('own', { '': '1' })], /has no name/],
  [
    'two tags that become one label',
    [of('own', { 'x-y': '1', x_y: '2' })],
    /tags "x-y" and "x_y" become one label/,
  ],
])('a tag with %s makes all metrics unreadable', async (_, samples, why) => {
  const { series, unreadable, conflicts } = await registered(of('other'), ...samples)
  expect({ series, conflicts }).toEqual({ series: [], conflicts: [] })
  expect(unreadable).toEqual([expect.stringMatching(why)])
})

test.each<[string, AgentSample[], RegExp]>([
  ['success', [of('success', { scenario: 'default' })], /metric success becomes probe_success/],
  ['duration_seconds', [of('duration_seconds')], /becomes probe_duration_seconds/],
  [
    'one series twice',
    [of('own', { 'x-y': '1' }), of('own', { x_y: '1' })],
    /two series are published as probe_own/,
  ],
  [
    'the name of a derived one, of another kind',
    [of('checks', { check: 'a' }, 'rate'), of('check_success_rate', { check: 'a' })],
    /probe_check_success_rate\{check="a"\}/,
  ],
])('a metric %s costs the whole execution', async (_, samples, why) => {
  const { series, unreadable, conflicts } = await registered(of('other'), ...samples)
  expect({ series, unreadable }).toEqual({ series: [], unreadable: [] })
  expect(conflicts).toEqual([expect.stringMatching(why)])
})

test('what looks alike but is not is published', async () => {
  const tags = { '1st': 'a', č: 'b', le: '1', quantile: '0.5', 'na me': 'q', empty: '', job: 'mine' }
  const { series } = await registered(of('own', tags), of('own_sum'), of('own_count'), of('success_rate'))
  expect(series[0]).toEqual({
    name: 'probe_own',
    labels: { _st: 'a', _: 'b', le: '1', quantile: '0.5', na_me: 'q', empty: '', job: 'mine' },
    value: 1,
  })
  expect(series).toHaveLength(5)
})

test('a label’s value is cut at 2048 bytes, with dots at its end', async () => {
  const { series } = await registered(of('own', { fits: 'é'.repeat(1024), long: 'x'.repeat(2049) }))
  expect(series[0]!.labels).toEqual({ fits: 'é'.repeat(1024), long: `${'x'.repeat(2045)}...` })
})
