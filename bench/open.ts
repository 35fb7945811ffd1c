/** 10,000 rows as plain k6 has them: a file, opened once, in a SharedArray. */
import { check } from 'k6'
import { SharedArray } from 'k6/data'
import http from 'k6/http'
import { pause, shape } from './shape.ts'

const rows = new SharedArray<{ id: string }>(
  'rows',
  () => JSON.parse(open('./rows.json')) as { id: string }[],
)

export const options = { scenarios: { go: shape() } }

export default function (): void {
  const row = rows[Math.floor(Math.random() * rows.length)]
  const response = http.get(`${__ENV.BASE_URL}/_healthz?id=${row?.id}`, { tags: { name: 'health' } })
  check(response, { up: ({ status }) => status === 200 })
  pause()
}
