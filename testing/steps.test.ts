import http from 'k6/http'
import { expect, test } from 'vitest'
import { step } from '../lib/index.ts'
import { rehearse } from './rehearse.ts'

test('steps are told in the order in which they ended, and whether they did', async () => {
  const broken = () => {
    step('outer', () => {
      step('inner', () => http.get('http://a/'))
      step('broken', () => {
        throw new Error('boo')
      })
    })
  }
  const { steps } = await rehearse(broken, { onError: 'record' })
  expect(steps).toEqual([
    { name: 'inner', ok: true, duration: 10 },
    { name: 'broken', ok: false, duration: 0 },
    { name: 'outer', ok: false, duration: 10 },
  ])
})
