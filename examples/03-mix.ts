/** One population that does many things: the shop's own locust mix, six tasks by weight, a session per user. */
import { suite } from 'loadwright'
import { shop, websiteUser } from 'loadwright/journeys/boutique'
import { workload } from 'loadwright/scenarios'

const visitors = suite({
  name: 'visitors',
  metrics: [shop],
  scenarios: { users: workload()(websiteUser, { vus: 10 }) },
})

export const { options, setup, teardown, handleSummary } = visitors
export default visitors
