/** The same signals as `hand.ts`, as an author of loadwright writes them. */
import { check, client, journey, settings, status, step, suite } from 'loadwright'
import { pause, shape } from './shape.ts'

const api = client(settings().BASE_URL)

const visit = journey('visit', () => {
  step('open', () => {
    check(api.get('/_healthz', { name: 'health' }), { up: status(200) })
  })
  pause()
})

const it = suite({
  name: 'ours',
  scenarios: { go: { ...shape(), exec: visit, env: { LOADWRIGHT_PHASES: 'steady*:600000' } } },
})
export const { options, setup, teardown, handleSummary } = it
export default it
