import { quote, type Problem } from '../../config/problem/problem.ts'
import { refusal, refuse } from '../base/index.ts'
import { LIMITS, REGION } from '../distributed/index.ts'
import { planRun, tunnelSpec, type Given, type readProject } from '../project/index.ts'
import { collectorClient, countOf, joinRun, partOf } from '../run/index.ts'
import { argumentsOf, collectorOf, outputsOf, warningOf, withoutOutputs } from '../telemetry/index.ts'
import { abortable, endable } from './abort.ts'
import { durationOf } from './durations.ts'
import { machineWarnings } from './loadWarnings.ts'
import { say } from './output.ts'
import { readyEngine } from './readyEngine.ts'

/** What `run --join` heeds of the flags of `run`. */
export interface JoinFlags {
  join: string
  segment?: string
  region?: string
  wait?: string
  fault?: string[]
  tunnel?: string
  out?: string[]
  traces?: string | true
}

/** Flags of `run` that are the collector's matter. */
const ELSEWHERE = {
  instances: 'with other segments: start one for each',
  live: 'on the collector: loadwright collect --live',
  remoteWrite: 'on the collector: loadwright collect --remote-write',
  annotate: 'on the collector: loadwright collect --annotate',
  notify: 'on the collector: loadwright collect --notify',
  withBrowser: 'without --join',
  dryRun: 'without --join',
} as const

/** `loadwright run --join`: makes one part of a run that a collector elsewhere judges. Gives the exit code. */
export async function joinedRun(
  project: Awaited<ReturnType<typeof readProject>>,
  suite: string | undefined,
  more: readonly string[],
  flags: JoinFlags,
  { told, env }: { told: Given; env: readonly string[] },
): Promise<number> {
  refuse(elsewhereProblems(flags))
  const waitMs = durationOf('--wait', flags.wait ?? '10m')
  const traces = collectorOf(flags.traces, process.env)
  const insecure = traces && warningOf(traces.url)
  if (insecure !== undefined) say(insecure)
  const client = collectorClient(flags.join, process.env.COLLECT_TOKEN)
  const part = partOf(flags.segment, LIMITS.instances)
  const offer = await endable(() => client.offer())
  if (suite !== undefined && suite !== offer.suite)
    throw refusal([
      { where: 'suite', got: quote(suite), allowed: `${quote(offer.suite)}, which is collected` },
    ])
  const { spans = false } = offer
  if (traces && !spans)
    throw refusal([
      {
        where: '--traces',
        got: 'with --join',
        allowed: 'where the collector has it, too: its bundle is made so that it can write spans',
      },
    ])
  const given = { ...told, flags: { ...told.flags, ...offer.variables } }
  const outputs = outputsOf(flags.out ?? [], more, process.env)
  const own = [...offer.more, ...withoutOutputs(more)]
  const tunnel = flags.tunnel === undefined ? undefined : tunnelSpec(flags.tunnel)
  const way = { faults: flags.fault ?? [], ...(tunnel ? { tunnel } : {}) }
  const plan = await endable(() => planRun(project, offer.suite, given, { ...way, env, more: own, spans }))
  const { sha256 } = plan.suite.manifest
  if (sha256 !== offer.sha256)
    throw refusal([
      {
        where: '--join',
        got: `the bundle ${sha256.slice(0, 12)} of ${quote(offer.suite)}`,
        allowed: `${offer.sha256.slice(0, 12)}, which the collector has`,
        fix: 'Both sides need the same files, config and version of loadwright.',
      },
    ])
  const warnings = await machineWarnings(project, plan, {
    instances: 1,
    machines: countOf(part),
    more: own,
  })
  for (const line of warnings) say(`warning: ${line}`)
  const engine = await readyEngine(own)
  say(
    `instance ${part.id} of run ${offer.id}: segment ${part.segment}, judged by the collector at ${client.url}`,
  )
  return joinRun(plan, {
    ...way,
    engine,
    collector: client,
    offer,
    part,
    region: flags.region,
    waitMs,
    warnings,
    traces,
    env,
    abortable,
    say,
    more: [...own, ...argumentsOf(outputs)],
  })
}

function elsewhereProblems(flags: JoinFlags): Problem[] {
  const told = Object.entries(ELSEWHERE).flatMap(([key, allowed]): Problem[] => {
    const where = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    return (flags as unknown as Record<string, unknown>)[key] === undefined
      ? []
      : [{ where, got: 'with --join', allowed }]
  })
  const { region } = flags
  if (region === undefined || REGION.test(region)) return told
  return [
    ...told,
    {
      where: '--region',
      got: quote(region),
      allowed: 'up to 64 letters, digits and . _ : -, such as eu-west-1',
    },
  ]
}
