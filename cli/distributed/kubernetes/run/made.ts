import { randomUUID } from 'node:crypto'
import { UserError } from '../../../base/index.ts'
import type { Kind } from '../api/api.ts'
import type { Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../clusterTest.ts'
import { isOurs } from './removeTest.ts'

/** What a run has made in a cluster, which it alone removes. */
export interface Made {
  /** Makes an object. Throws UserError where there is one of its name that is not this run's. */
  create(object: KubernetesObject): Promise<void>
  /** Removes what was made of a kind, or all of it, what was made last first. */
  remove(kind?: Kind): Promise<void>
}

/** The annotation that tells of which run an object is: a creation whose answer was lost is found by it. */
const RUN = 'loadwright/run'

interface There {
  readonly metadata: {
    readonly uid: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
}

/** What a run makes of a test in a cluster: nothing yet. */
export function createMade({ api }: Cluster, test: string): Made {
  const run = randomUUID()
  const made: { kind: Kind; name: string; uid: string }[] = []
  return {
    async create(object) {
      const { metadata } = object
      const { name, annotations } = metadata
      const kind = object.kind as Kind
      const uid = await api.create({
        ...object,
        metadata: { ...metadata, annotations: { ...annotations, [RUN]: run } },
      })
      if (uid !== undefined) {
        made.push({ kind, name, uid })
        return
      }
      const there = await api.get<There>(kind, name)
      if (there?.metadata.annotations?.[RUN] !== run) throw taken(test, `${kind} ${name}`, there)
      made.push({ kind, name, uid: there.metadata.uid })
    },
    async remove(kind) {
      for (const one of made.toReversed()) {
        if (kind !== undefined && one.kind !== kind) continue
        await api.remove(one.kind, one.name, one.uid)
        made.splice(made.indexOf(one), 1)
      }
    },
  }
}

/** That a name is taken, and what to do. */
export const taken = (test: string, what: string, there: There | undefined, stage = ''): UserError =>
  new UserError(
    there && !isOurs(there, test)
      ? `kubernetes: there is a ${what} that is not of loadwright’s: give another --name`
      : `kubernetes: there is a ${what} of another run already${stage === '' ? '' : ` (${stage})`}: wait for its end (loadwright kubernetes status ${test}), remove it by loadwright kubernetes delete ${test}, or give another --name`,
  )
