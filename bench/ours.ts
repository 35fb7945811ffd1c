/** The same signals as `hand.ts`, as an author of loadwright writes them. */
import { check, client, journey, settings, status, step, suite } from 'loadwright'
import { encodePhases, PHASES_VARIABLE } from 'loadwright/config'
import { pause, shape } from './shape.ts'

const api = client(settings().BASE_URL)

const visit = journey('visit', () => {
  step('open', () => {
    check(api.get('/_healthz', { name: 'health' }), { up: status(200) })
  })
  pause()
})

const phases = encodePhases([{ name: 'steady', lasts: 600_000, judged: true }])

const it = suite({
  name: 'ours',
  scenarios: { go: { ...shape(), exec: visit, env: { [PHASES_VARIABLE]: phases } } },
})
export const { options, setup, teardown, handleSummary } = it
export default it
