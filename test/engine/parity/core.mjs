/* eslint-disable -- a script that k6 itself runs */
// @ts-nocheck
import exec from 'k6/execution'
import k6, { check, fail, group, sleep } from 'k6'
import { Counter, Gauge, Rate, Trend } from 'k6/metrics'
import { SharedArray } from 'k6/data'

const trend = new Trend('a_trend')
const counter = new Counter('a_counter')
const gauge = new Gauge('a_gauge')
const rate = new Rate('a_rate')

attempt('name', () => new Trend('a b'))
attempt('short name', () => new Trend('a'))
attempt('no name', () => new Trend())
attempt('long name', () => new Trend('a'.repeat(129)).name.length)
attempt('too long a name', () => new Trend('a'.repeat(130)))
attempt('other type', () => new Counter('a_trend'))
attempt('other contents', () => new Trend('a_trend', true))
attempt('same', () => new Trend('a_trend', false).name)
attempt('built-in', () => new Trend('group_duration', true).name)
attempt('built-in, other', () => new Trend('data_sent'))
attempt('shape', () => [Object.keys(trend), trend instanceof Trend, trend.constructor === Object])
attemptNamed('read-only name', () => {
  'use strict'
  trend.name = 'b'
})

attempt('empty array name', () => new SharedArray('', () => []))
attempt('no function', () => new SharedArray('x', 1))
attempt('async function', () => new SharedArray('x', async () => []))
attempt('no array', () => new SharedArray('x', () => ({})))
const rows = new SharedArray('rows', () => [{ a: [1] }, 2, 'three', null])
attempt('second of that name', () => new SharedArray('rows', () => [1]).length)
attempt('rows', () => [
  rows.length,
  Array.isArray(rows),
  rows instanceof Array,
  rows[0] === rows[0],
  Object.keys(rows),
])
attempt('outside', () => [rows[9], rows[-1], rows.at(-1), rows.nope])
attempt('reading', () => [
  JSON.stringify(rows),
  [...rows],
  rows.map((row) => typeof row),
  rows.includes(2),
  1 in rows,
])
attempt('set', () => {
  rows[0] = 1
})
attempt('push', () => rows.push(1))
attempt('length', () => {
  rows.length = 0
})
attempt('delete', () => {
  delete rows[0]
})
attempt('sort', () => rows.sort())
attempt('property', () => {
  rows.foo = 1
})
attemptNamed('inside', () => {
  rows[0].a.push(1)
})
attemptNamed('inside, replaced', () => {
  rows[0].a = 1
})

export default function () {
  const { tags, metadata } = exec.vu.metrics
  for (const value of [undefined, null, {}, [], () => 1]) {
    attempt('tag ' + typeof value, () => {
      tags.a = value
    })
    attempt('metadata ' + typeof value, () => {
      metadata.a = value
    })
    attempt('add with ' + typeof value, () => trend.add(1, { a: value }))
    attempt('check with ' + typeof value, () => check(1, { a: true }, { a: value }))
  }
  attempt('tags', () => {
    tags.n = 1.5
    tags.b = true
    return [tags.n, tags.b, 'n' in tags, 'zz' in tags, tags.zz]
  })
  attempt('delete tag', () => [
    delete tags.n,
    delete tags.zz,
    'n' in tags,
    JSON.stringify(Object.keys(tags).sort()),
  ])
  attempt('metadata', () => {
    metadata.trace = 'x'
    return [metadata.trace, Object.keys(metadata)]
  })

  for (const value of [NaN, undefined, null, {}, 'x', '12', true, false, [], [7], '', 'y'.repeat(150)]) {
    attempt('add ' + JSON.stringify(value), () => trend.add(value))
  }
  attempt('add nothing', () => trend.add())
  attempt('add', () => [counter.add(2, { own: 1 }), gauge.add(3), rate.add(true), rate.add(0)])

  attempt('no checks', () => check(1))
  attempt('undefined checks', () => check(1, undefined))
  attempt('separator', () => check(1, { 'a::b': true }))
  attempt('async check', () => check(1, { a: async () => true }))
  attempt('throwing check', () =>
    check(1, {
      a: () => true,
      b: () => {
        throw new RangeError('boo')
      },
      c: () => true,
    }),
  )
  attempt('checks', () =>
    check(5, { five: (n) => n === 5, zero: 0, word: 'x', empty: () => '' }, { own: 'y' }),
  )
  attempt('all checks', () => check(5, { five: (n) => n === 5, word: 'x' }))
  attempt('promise as check', () => check(5, { pending: () => Promise.resolve(false) }))

  attempt('group without function', () => group('x'))
  attempt('group with a word', () => group('x', 'y'))
  attempt('async group', () => group('x', async () => 1))
  attempt('group separator', () => group('x::y', () => 1))
  attempt('group', () => group('a', () => group('b', () => tags.group)))
  attempt('empty group', () => [group('', () => tags.group), tags.group])
  attempt('group restores', () => {
    try {
      group('a', () => {
        throw new RangeError('boo')
      })
    } catch (e) {
      return [e.name, tags.group]
    }
  })
  attempt('own group tag', () => {
    tags.group = '::mine'
    const inner = group('in', () => tags.group)
    const after = tags.group
    tags.group = ''
    return [inner, after]
  })

  attempt('fail', () => fail('hey'))
  attempt('fail without words', () => fail())
  attempt('sleep', () => [sleep(0.001), sleep('0.001'), sleep()])
  attempt('random', () => {
    k6.randomSeed(1)
    const a = Math.random()
    k6.randomSeed(1)
    return a === Math.random()
  })
}
