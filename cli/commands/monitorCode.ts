import { Option, type Command } from 'commander'
import { refuse } from '../base/index.ts'
import {
  applyMonitors,
  doneText,
  endText,
  examined,
  FORMATS,
  livePlan,
  monitorName,
  offlinePlan,
  openSession,
  ownerOf,
  planText,
  pruneMonitors,
  pulled,
  pullText,
  readState,
  readyMonitors,
  refuseBrokenChecks,
  render,
  STATE_FILE,
  undeclaredIn,
  undeclaredLines,
  writeRendering,
  writeState,
  type AppliedChange,
  type Session,
} from '../monitor/index.ts'
import { declaredMonitors, readProject, withPresetMonitors, type Project } from '../project/index.ts'
import { abortable, endable } from './abort.ts'
import { out, say } from './output.ts'

interface Flags {
  state: string
  live?: true
  json?: true
  dryRun?: true
  prune?: true
  despiteFindings?: true
  format: (typeof FORMATS)[number]
  outdir?: string
}

const TOKEN = `
The access token comes from GRAFANA_SM_ACCESS_TOKEN, the API's address from GRAFANA_SM_URL where it is not the default.`

/** `loadwright monitor plan | render | apply | pull`: the monitors that the config declares. */
export function addMonitorCode(monitor: Command): void {
  addPlan(monitor)
  addRender(monitor)
  addApply(monitor)
  addPull(monitor)
}

function addPlan(monitor: Command): void {
  withState(
    monitor.command('plan').description('Say what an apply would change, and what the monitors cost a month'),
  )
    .option('--live', 'compare with the tenant, instead of with what was last applied')
    .option('--json', 'as JSON: monitors with their changes, undeclared, executions, series')
    .addHelpText(
      'after',
      `${TOKEN}
Nothing is asked of anybody without --live.

Examples:
  loadwright monitor plan
  loadwright monitor plan --live --json`,
    )
    .action(async (flags: Flags) => {
      const project = await withPresetMonitors(await readProject())
      const work = flags.live ? await session(project, flags) : undefined
      const state = await readState(project.folder, flags.state)
      const all = await endable(async () => examined(await readyMonitors(project)))
      const owner = await ownerOf(project.folder)
      const plan = work ? livePlan(all, work) : offlinePlan(all, state, flags.state)
      out(flags.json ? JSON.stringify(plan, undefined, 2) : planText(plan, owner))
    })
}

function addRender(monitor: Command): void {
  withState(monitor.command('render').description('Print the monitors for another tool'))
    .addOption(
      new Option('--format <format>', 'the API’s JSON, Terraform’s JSON, or YAML for gcx')
        .choices(FORMATS)
        .default('api'),
    )
    .option('--outdir <folder>', 'write files there; printed as one text if left out')
    .option('--live', 'ask the tenant for the ids of probes, which the API wants')
    .addHelpText(
      'after',
      `${TOKEN}
Nothing is asked of anybody without --live.

Examples:
  loadwright monitor render --format terraform --outdir terraform
  loadwright monitor render --format gcx > monitor.yaml`,
    )
    .action(async (flags: Flags) => {
      const project = await withPresetMonitors(await readProject())
      const probes = flags.live ? (await session(project, flags)).live.probes : []
      const state = await readState(project.folder, flags.state)
      const all = await endable(() => readyMonitors(project))
      const ids = { ...state?.probes, ...Object.fromEntries(probes.map(({ name, id }) => [name, id])) }
      const rendering = render(flags.format, all, ids)
      if (flags.outdir === undefined) out(rendering.text)
      else for (const path of await writeRendering(rendering, flags.outdir)) out(path)
      for (const note of rendering.notes) say(note)
    })
}

function addApply(monitor: Command): void {
  withState(monitor.command('apply').description('Make the tenant’s checks what the config declares'))
    .option('--dry-run', 'say what would be changed, and change nothing')
    .option('--prune', 'delete this project’s checks that are not declared any more, with their history')
    .option('--despite-findings', 'even a bundle that breaks the contract of a monitor')
    .option('--json', 'as JSON: what was done, with ids and SHA-256')
    .addHelpText(
      'after',
      `${TOKEN}
Checks are found by job and target, so that a second apply changes nothing. What was applied is kept in
${STATE_FILE}, which holds no secret: commit it.

Examples:
  loadwright monitor apply --dry-run
  loadwright monitor apply
  loadwright monitor apply --prune

Exit codes: 0 the tenant is as declared · 104 refused, by loadwright or by the API · 105 interrupted`,
    )
    .action(async (flags: Flags) => {
      const project = await withPresetMonitors(await readProject())
      await abortable(async (signal) => {
        const work = await session(project, flags, signal)
        const all = await endable(async () => examined(await readyMonitors(project)))
        if (!flags.despiteFindings) refuseBrokenChecks(all)
        const plan = livePlan(all, work)
        if (flags.dryRun) {
          out(flags.json ? JSON.stringify(plan, undefined, 2) : planText(plan, work.owner))
          say('nothing was changed: this was a dry run')
          return
        }
        const made: AppliedChange[] = []
        const done = (change: AppliedChange): void => {
          made.push(change)
          if (!flags.json) out(doneText(change, plan.undeclared))
        }
        const keep = (state: Parameters<typeof writeState>[1]): Promise<void> =>
          writeState(project.folder, state, flags.state)
        const state = await applyMonitors(all, { ...work, keep, done })
        if (flags.prune) await pruneMonitors(plan.undeclared, { ...work, keep, done }, state)
        else for (const line of undeclaredLines(plan.undeclared, work.owner)) say(line)
        out(flags.json ? JSON.stringify(made, undefined, 2) : endText(made))
      })
    })
}

function addPull(monitor: Command): void {
  withState(monitor.command('pull').description('Print what the tenant has, as the config would say it'))
    .option('--json', 'as JSON: monitors, missing, undeclared')
    .addHelpText(
      'after',
      `${TOKEN}
What a person changed in the app comes back as text for loadwright.config.ts; no file is written.

Examples:
  loadwright monitor pull
  loadwright monitor pull --json`,
    )
    .action(async (flags: Flags) => {
      const project = await withPresetMonitors(await readProject())
      refuse(project.problems)
      const declared = declaredMonitors(project.config)
      const { live, state, owner } = await session(project, flags)
      const pull = pulled(declared, live)
      const undeclared = undeclaredIn(live, declared, state, owner)
      if (flags.json) {
        out(JSON.stringify({ ...pull, undeclared }, undefined, 2))
        return
      }
      out(pullText(pull))
      for (const one of pull.missing) say(`not in the tenant: ${monitorName(one)} (monitor apply adds it)`)
      for (const one of undeclared)
        say(`not declared: ${monitorName(one)}, id ${one.id}${one.own ? '' : ', somebody else’s'}`)
    })
}

function withState(command: Command): Command {
  return command.option(
    '--state <file>',
    'where it is kept what was applied; one for each tenant',
    STATE_FILE,
  )
}

function session(project: Project, { state }: Flags, signal?: AbortSignal): Promise<Session> {
  const open = (until: AbortSignal): Promise<Session> =>
    openSession(project, { env: process.env, state, patience: { signal: until } })
  return signal ? open(signal) : abortable(open)
}
