/** A page that is as asked for, or that is not: what an outage costs. */
import { client, contains, ensure, journey, settings, status, step, suite } from 'loadwright'

const api = client(settings().BASE_URL)

const visit = journey('visit', () => {
  step('open', () => {
    ensure(api.get(__ENV.PAGE ?? '/', { name: 'page' }), {
      'is up': status(200),
      'is complete': contains('well'),
    })
  })
})

// Open: a closed model rests after a journey that failed.
const it = suite({
  name: 'fails',
  scenarios: {
    go: {
      executor: 'constant-arrival-rate',
      rate: 500,
      duration: __ENV.LASTS ?? '1s',
      preAllocatedVUs: 8,
      maxVUs: 8,
      exec: visit,
    },
  },
})
export const { options, setup, teardown, handleSummary } = it
export default it
