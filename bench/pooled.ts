/** 10,000 rows as a pool. */
import { check, client, journey, randomRow, settings, status, step, suite } from 'loadwright'
import rows from './rows.pool.ts'
import { pause, shape } from './shape.ts'

const api = client(settings().BASE_URL)

const visit = journey('visit', () => {
  const { id } = randomRow(rows)
  step('open', () => {
    check(api.get(`/_healthz?id=${id}`, { name: 'health' }), { up: status(200) })
  })
  pause()
})

const it = suite({ name: 'pooled', scenarios: { go: { ...shape(), exec: visit } } })
export const { options, setup, teardown, handleSummary } = it
export default it
