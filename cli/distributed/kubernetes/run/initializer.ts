import type { Cluster } from '../cluster.ts'
import { stateOf, type NamedTest } from './state.ts'

/** Why the operator's initializer failed, in its own words. */
export async function initializerSaid(cluster: Cluster, named: NamedTest): Promise<string> {
  const { initializer } = await stateOf(cluster, named)
  const text = initializer ? await cluster.api.log(initializer.pod, 'k6') : ''
  const lines = text.split('\n').filter((line) => /level=error|not found|cannot/i.test(line))
  const said = /msg="((?:[^"\\]|\\.)*)"/.exec(lines[0] ?? '')?.[1] ?? lines[0]
  return `the operator’s initializer failed${said === undefined ? ': see the operator’s log' : `: ${said.slice(0, 500)}`}`
}
