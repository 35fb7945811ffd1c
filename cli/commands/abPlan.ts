import { quote } from '../../config/problem/problem.ts'
import { freePort, refusal } from '../base/index.ts'
import { planRun, type Given, type Plan, type Project } from '../project/index.ts'
import { shortCommit } from '../record/index.ts'
import { commitOf } from '../run/index.ts'
import type { SideName } from '../verdict/index.ts'
import { withPort, type SideSpec } from './abSides.ts'

/** A side whose runs are planned. */
export interface PlannedSide {
  /** What it is, in a few words. */
  readonly label: string
  readonly plan: Plan
  readonly faults: readonly string[]
  /** What starts its target. */
  readonly start?: {
    readonly command: string
    readonly url: string
    readonly port: number
    /** The commit to be checked out for it. */
    readonly commit?: string
  }
}

/** Plans the runs of both sides, under the same settings. Throws UserError with every problem. */
export async function planSides(
  project: Project,
  suite: string | undefined,
  about: {
    specs: Readonly<Record<SideName, SideSpec>>
    told: Given
    env: readonly string[]
    more: readonly string[]
  },
): Promise<Record<SideName, PlannedSide>> {
  const { flags, set } = about.told
  const given = flags.BASE_URL ?? set.find((pair) => pair.startsWith('BASE_URL='))
  if (given !== undefined)
    throw refusal([
      {
        where: 'BASE_URL',
        got: quote(given),
        allowed: 'nothing: each side has a target of its own',
        fix: 'Give --base and --candidate.',
      },
    ])
  // One port for both, of which only one runs at a time: requests that are named by their URL have the same name.
  const port = await freePort()
  const plan = async (side: SideName): Promise<PlannedSide> => {
    const spec = about.specs[side]
    const url = spec.kind === 'shop' ? undefined : withPort(spec.url, port)
    const told = url === undefined ? about.told : { flags: { ...flags, BASE_URL: url }, set }
    const { env, more } = about
    const made = await planRun(project, suite, told, { faults: spec.faults, env, more })
    if (spec.kind === 'shop' && !made.embedded)
      throw refusal([
        {
          where: `--${side}`,
          got: 'nothing',
          allowed: `a target for each side: without one, both would be ${made.settings.BASE_URL}`,
          fix: 'Give --base and --candidate, or --environment shop to try it on the embedded shop.',
        },
      ])
    if (spec.kind !== 'command') return { label: labelOf(spec), plan: made, faults: spec.faults }
    const commit = spec.ref === undefined ? undefined : await commitOf(`--${side}-ref`, spec.ref)
    const command = withPort(spec.command, port)
    const label = `${commit === undefined ? '' : `${spec.ref ?? ''} (${shortCommit(commit)}): `}${command}`
    const start = { command, url: url ?? '', port, ...(commit === undefined ? {} : { commit }) }
    return { label, plan: made, faults: [], start }
  }
  return { base: await plan('base'), candidate: await plan('candidate') }
}

const labelOf = (spec: Exclude<SideSpec, { kind: 'command' }>): string =>
  spec.kind === 'url'
    ? spec.url
    : `the embedded shop${spec.faults.length > 0 ? ` with ${spec.faults.join(', ')}` : ''}`
