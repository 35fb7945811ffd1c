/** Thresholds: judged in the phase that the profile judges, or in one that they name; one of them can end the run. */
import { check, client, journey, settings, status, step, suite, think, within } from 'loadwright'
import { workload } from 'loadwright/scenarios'

const { BASE_URL, PROFILE } = settings()
const api = client(BASE_URL)

const look = journey('look', () => {
  step('open home', () => {
    check(api.get('/', { name: 'home' }), { 'home is up': status(200), 'within two seconds': within(2000) })
  })
  think(1, 2)
  step('view product', () => {
    check(api.get('/product/OLJCESPC7Z', { name: 'product' }), { 'product is up': status(200) })
  })
})

const limits = suite({
  name: 'limits',
  scenarios: { lookers: workload()(look, { rate: 5 }) },
  // Beside the SLOs of the environment: journey_failed, checks and http_req_failed. One written here replaces one of those.
  thresholds: {
    checks: ['rate>0.999'],
    http_req_duration: ['p(95)<500', 'p(99)<1000'], // all requests of the judged phase
    'http_req_duration{name:product}': ['p(95)<400'], // one request
    'group_duration{step:open home}': ['p(95)<600'], // one step; journey_duration is a whole journey
    'http_reqs{name:product}': ['count>0'], // something happened at all: asked of the whole run
    // The run ends (fail, 99) as soon as this one is crossed, ten seconds after the start at the earliest.
    http_req_failed: [{ threshold: 'rate<0.05', abortOnFail: true, delayAbortEval: '10s' }],
    // A phase that is named is left as it is. Only for profiles that have one: no samples would be no pass.
    ...(PROFILE === 'load' && { 'http_req_duration{phase:warm-up}': ['p(95)<2000'] }),
  },
})

export const { options, setup, teardown, handleSummary } = limits
export default limits
