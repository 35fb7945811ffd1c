import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { isLoopback } from '../../config/url.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { defined, packageRoot, refusal, refuse } from '../base/index.ts'
import { addressOf, collectRun, invitation, LIMITS } from '../distributed/index.ts'
import { findEngine, progressTo } from '../k6/index.ts'
import { planRun, readProject, withScriptOptions, type Plan } from '../project/index.ts'
import { ending } from '../report/index.ts'
import { isToken, noToken, serverOf, type Finished } from '../run/index.ts'
import { grafanaOf, readyGrafana } from '../telemetry/index.ts'
import { abortable, endable } from './abort.ts'
import { printCompared, tellOfMade } from './afterRun.ts'
import { durationOf } from './durations.ts'
import { givenAfter } from './givenAfter.ts'
import { rowWarnings } from './loadWarnings.ts'
import { notifierOf, withNotify, type NotifyFlags } from './notified.ts'
import { collectOption, runAction, toldOf, withSettings } from './options.ts'
import { out, say } from './output.ts'
import { readyServer, withRemoteWrite, type RemoteWriteFlags } from './remoteWrite.ts'

interface Flags extends NotifyFlags, RemoteWriteFlags {
  env?: string[]
  results: string
  baselines: string
  listen: string
  expect?: string
  wait: string
  silence: string
  cert?: string
  key?: string
  annotate?: string | true
  live?: true
  traces?: true
}

/** `loadwright collect`: takes what k6 on other machines push as one run: its record, its verdict. */
export function addCollect(program: Command): void {
  withRemoteWrite(
    withNotify(
      withSettings(
        program
          .command('collect')
          .description('Take the pushes of k6 on other machines, judge them as one run')
          .argument('[suite]', 'what they run, as for run')
          .argument('[k6-arguments...]', 'after --: further arguments for k6, as they have them'),
      ),
    )
      .option('-e, --env <KEY=VALUE>', 'a variable for the script, as k6’s own -e; repeatable', collectOption)
      .option('--results <folder>', 'where run folders are made', 'results')
      .option('--baselines <folder>', 'where baselines lie', 'baselines')
      .option('--listen <address>', 'where it listens, 0.0.0.0:9090 for other machines', '127.0.0.1:9090')
      .option('--expect <N>', 'ends when so many instances came to their end; else with Ctrl-C')
      .option('--wait <duration>', 'for instances that have not come, or cannot begin', '10m')
      .option('--silence <duration>', 'without a push until an instance is lost', '90s')
      .option('--cert <file>', 'the certificate with which it speaks TLS (PEM)')
      .option('--key <file>', 'the certificate’s key (PEM)'),
  )
    .option('--annotate [URL]', 'mark start, phases and verdict in a Grafana (GRAFANA_URL, GRAFANA_TOKEN)')
    .option('--traces', 'make a bundle whose parts may export their spans: run --join --traces URL')
    .option('--live', 'serve a page that follows the run, on loopback')
    .addHelpText(
      'after',
      `
COLLECT_TOKEN is what each instance must send: without it, one is made and shown once. A collector that was killed goes
on where it was with the same --run-id and COLLECT_TOKEN.

Examples:
  loadwright collect boutique --profile load --listen 0.0.0.0:9090 --expect 3
  loadwright collect script.js --expect 2 --cert tls.crt --key tls.key

Exit codes: those of run, of all instances together`,
    )
    .action(runAction(collect))
}

async function collect(suite: string | undefined, more: readonly string[], flags: Flags): Promise<number> {
  const project = await readProject()
  const { told, env } = toldOf(flags)
  const address = addressOf(flags.listen)
  const expect = expectedOf(flags.expect)
  const [waitMs, silenceMs] = [durationOf('--wait', flags.wait), durationOf('--silence', flags.silence)]
  const tls = await tlsOf(flags)
  const { token, isNew } = tokenOf(process.env.COLLECT_TOKEN)
  const spans = flags.traces === true
  const target = serverOf({ ...flags, record: 'on' }, say)
  const grafana = grafanaOf({ url: flags.annotate, env: process.env })
  const notifier = notifierOf(flags, project.config.notify)
  const plan = await withOptions(await endable(() => planRun(project, suite, told, { env, more, spans })), {
    env,
    more,
  })
  for (const note of plan.notes ?? []) say(note)
  for (const line of rowWarnings(plan, { instances: expect ?? 1, more })) say(`warning: ${line}`)
  const forward = await readyServer(target, flags)
  const annotate = grafana && (await endable(() => readyGrafana(grafana, { say }))) ? grafana : undefined
  if (!tls && !isLoopback(address.host))
    say('without --cert and --key the token and all figures cross the network as they are')
  const show = ({ record, folder, own }: Finished): void =>
    out(ending(record, folder, own, givenAfter('collect')))
  const onOpen = (open: { url: string; id: string }): void =>
    say(invitation({ ...open, expect, token: isNew ? token : undefined }))
  const made = await collectRun(
    plan,
    {
      ...address,
      token,
      tls,
      expect,
      waitMs,
      silenceMs,
      env,
      more,
      say,
      onOpen,
      results: flags.results,
      baselines: flags.baselines,
      live: flags.live === true,
      spans,
      ...defined({ forward, annotate }),
    },
    show,
  )
  await printCompared(made, flags)
  await tellOfMade(made, notifier, flags)
  return made.record.exitCode
}

/** How many instances are to come; undefined where nobody says it. */
function expectedOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const number = Number(given)
  if (/^[1-9]\d*$/.test(given) && number <= LIMITS.instances) return number
  throw refusal([
    { where: '--expect', got: quote(given), allowed: `a whole number from 1 to ${LIMITS.instances}` },
  ])
}

function tokenOf(given: string | undefined): { token: string; isNew: boolean } {
  if (given === undefined || given === '')
    return { token: randomBytes(24).toString('base64url'), isNew: true }
  if (isToken(given)) return { token: given, isNew: false }
  throw refusal([noToken])
}

async function tlsOf({ cert, key }: Flags): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  if (cert === undefined && key === undefined) return undefined
  const problems: Problem[] = []
  const read = async (where: string, path: string | undefined): Promise<Buffer> => {
    if (path !== undefined) {
      const bytes = await readFile(path).catch(() => undefined)
      if (bytes) return bytes
    }
    const got = path === undefined ? 'nothing' : `${quote(path)}, which cannot be read`
    problems.push({ where, got, allowed: 'the path of a PEM file: --cert and --key belong together' })
    return Buffer.alloc(0)
  }
  const pair = { cert: await read('--cert', cert), key: await read('--key', key) }
  refuse(problems)
  return pair
}

/** A plan with the options of a plain script: k6 is needed for these alone. */
async function withOptions(plan: Plan, pairs: { env: string[]; more: readonly string[] }): Promise<Plan> {
  if (plan.script === undefined) return plan
  return abortable(async (signal) => {
    const how = { env: process.env, packageRoot, signal, ...progressTo(process.stderr) }
    return withScriptOptions(plan, await findEngine(how), pairs, signal)
  })
}
