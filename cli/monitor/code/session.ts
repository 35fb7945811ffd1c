import type { Project } from '../../project/index.ts'
import { monitorAccess } from './access.ts'
import type { Work } from './apply.ts'
import type { ApiPatience } from './http.ts'
import { readLive } from './live.ts'
import { ownerOf } from './owner.ts'
import { readState } from './state.ts'
import { tenantOf } from './tenant.ts'

/** A tenant, as it is, and what was last applied to it. */
export type Session = Omit<Work, 'keep' | 'done'>

/** Reads the tenant that the environment gives access to. Throws UserError. */
export async function openSession(
  project: Project,
  options: { env: NodeJS.ProcessEnv; state: string; patience?: ApiPatience },
): Promise<Session> {
  const access = monitorAccess(options.env)
  const state = await readState(project.folder, options.state)
  const tenant = tenantOf(access, options.patience)
  return {
    tenant,
    api: access.url,
    state,
    owner: await ownerOf(project.folder),
    live: await readLive(tenant, access.url, state),
  }
}
