import { defined } from '../../base/index.ts'
import { cloudAccess } from '../../project/index.ts'
import type { OutputFound, Trial } from './output.ts'

/** Looks for a token; whether the cloud takes it is only known when k6 begins a test run there. */
export async function tryCloud({ env, cloud }: Trial): Promise<OutputFound> {
  const { absent, env: access } = await cloudAccess(env, cloud)
  if (absent !== undefined) return { is: 'not', why: absent }
  // k6 reads the token and its own login by itself; what the config says it cannot know.
  const { K6_CLOUD_STACK_ID, K6_CLOUD_PROJECT_ID } = access
  const project =
    K6_CLOUD_PROJECT_ID === undefined ? 'your default project' : `project ${K6_CLOUD_PROJECT_ID}`
  return {
    is: 'ready',
    told: `samples go to Grafana Cloud k6, into ${project}; its token is there, but was not tried`,
    env: defined({ K6_CLOUD_STACK_ID, K6_CLOUD_PROJECT_ID }),
  }
}
