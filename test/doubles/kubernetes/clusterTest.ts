import type { ClusterTest } from '../../../cli/distributed/kubernetes/clusterTest.ts'
import { namesOf } from '../../../cli/distributed/kubernetes/names.ts'
import { fakeRecord } from '../runRecord.ts'

/** A test in a cluster: four runners of a small bundle. */
export const clusterTest = (more: Partial<ClusterTest> = {}): ClusterTest => ({
  names: namesOf('boutique-load'),
  namespace: undefined,
  bundle: { file: 'boutique.js', code: Buffer.from('export default () => {\n}\n') },
  runners: 4,
  load: { vus: 100, requests: 400 },
  env: [{ name: 'PROFILE', value: 'load' }],
  args: ['--no-thresholds'],
  images: { k6: 'docker.io/grafana/k6:2.2.0', node: 'docker.io/library/node:20.19.0-alpine3.21' },
  started: fakeRecord(() => 0.5),
  windowSeconds: 2,
  program: 'await collect()\n',
  ...more,
})
