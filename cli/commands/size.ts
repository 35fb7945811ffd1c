import type { Command } from 'commander'
import { PROFILE_NAMES } from '../../config/workload/profiles.ts'
import { parseHttpUrl } from '../../config/url.ts'
import { hostKind, UserError } from '../base/index.ts'
import { planRun, readProject, withScriptOptions, type Plan, type Project } from '../project/index.ts'
import { machineClass } from '../record/index.ts'
import { withReadyTarget } from '../run/index.ts'
import {
  fitOf,
  keepSizing,
  measure,
  needOf,
  sizingText,
  thisMachine,
  type Machine,
  type ProfileLoad,
  type Sizing,
} from '../distributed/index.ts'
import { abortable } from './abort.ts'
import { collectOption, toldOf, withSettings } from './options.ts'
import { out, say } from './output.ts'
import { readyEngine } from './readyEngine.ts'

interface Flags {
  env?: string[]
  json?: true
}

/** `loadwright size`: what an iteration costs on this machine, and what the machine can hold. */
export function addSize(program: Command): void {
  withSettings(
    program
      .command('size')
      .description('Measure what one machine can hold of a suite')
      .argument('[suite]', 'a suite’s name or file, or any k6 script; the project’s own suite if left out'),
  )
    .option('-e, --env <KEY=VALUE>', 'a variable for the script; repeatable', collectOption)
    .option('--json', 'as JSON, described in docs/sizing.md')
    .addHelpText(
      'after',
      `
Each scenario is run for some seconds on the embedded shop, or on a target on this machine. What it costs is kept, for
\`list\`, and for \`run\`, which warns where one machine is not enough.

Examples:
  loadwright size
  loadwright size boutique --environment staging --base-url http://127.0.0.1:3000

Exit codes: 0 measured · 104 refused, or could not be measured · 105 interrupted`,
    )
    .action(async (suite: string | undefined, flags: Flags) => size(suite, flags))
}

async function size(suite: string | undefined, flags: Flags): Promise<void> {
  const project = await readProject()
  const { told, env } = toldOf(flags)
  const machine = thisMachine()
  const plan = await planRun(project, suite, told, { env })
  refuseElsewhere(plan)
  const engine = await readyEngine()
  const sizing = await abortable((signal) =>
    withReadyTarget(plan, { faults: [], abortable, say }, async (ready): Promise<Sizing> => {
      const asked = await withScriptOptions(ready, engine, { env }, signal)
      const costs = await measure(asked, { engine, env, signal, say })
      const { suite, sha256 } = plan.manifest
      const target = plan.embedded ? 'the embedded shop' : ready.settings.BASE_URL
      return {
        suite,
        sha256,
        machine: machineClass(),
        k6: engine.version,
        at: new Date().toISOString(),
        target,
        ...costs,
      }
    }),
  )
  await keepSizing(project.folder, sizing).catch((error: unknown) =>
    say(`what was measured could not be kept: ${(error as Error).message}`),
  )
  const loads = await loadsOf(project, suite, flags, plan)
  out(
    flags.json
      ? JSON.stringify(jsonOf(sizing, machine, loads), undefined, 2)
      : sizingText(sizing, machine, loads),
  )
}

/** A hundred users may do harm elsewhere, and another machine's answers would be what is measured. */
function refuseElsewhere({ embedded, script, settings, hosts = [] }: Plan): void {
  if (embedded) return
  const target = parseHttpUrl(settings.BASE_URL)?.host
  const loaded = [...(target === undefined ? [] : [target]), ...hosts]
  const elsewhere = loaded.filter((host) => hostKind(host.replace(/:\d+$/, '')) !== 'loopback')
  if (loaded.length > 0 && elsewhere.length === 0) return
  const what =
    elsewhere.length > 0
      ? `the target is ${elsewhere.join(', ')}`
      : `${script ?? 'it'} does not tell its target`
  throw new UserError(
    `size: ${what}; allowed: one on this machine. Give --base-url http://127.0.0.1:PORT, or leave it out for the embedded shop`,
  )
}

/** The loads of every profile that the environment allows; of a script, its own. */
async function loadsOf(
  project: Project,
  suite: string | undefined,
  flags: Flags,
  plan: Plan,
): Promise<ProfileLoad[]> {
  if (plan.script !== undefined) return []
  const { told, env } = toldOf(flags)
  const loads: ProfileLoad[] = []
  for (const profile of PROFILE_NAMES) {
    if (!plan.environment.profiles.includes(profile)) continue
    const under = { ...told, flags: { ...told.flags, PROFILE: profile } }
    const planned = await planRun(project, suite, under, { env }).catch((error: unknown) => {
      if (error instanceof UserError) return undefined
      throw error
    })
    if (planned) loads.push({ profile, options: planned.manifest.options })
  }
  return loads
}

const jsonOf = (sizing: Sizing, machine: Machine, loads: readonly ProfileLoad[]): object => ({
  ...sizing,
  has: machine,
  profiles: loads.map(({ profile, options }) => {
    const need = needOf(options, sizing)
    const { machines, instances } = fitOf(need, sizing.base, machine)
    return { profile, need, machines, instances }
  }),
})
