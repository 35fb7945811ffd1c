import { join, relative, resolve } from 'node:path'
import { EXIT } from '../errors.ts'
import { cleanEnvironment, type Engine } from '../k6/index.ts'
import { startReceiver, type Receiver } from '../record/index.ts'
import { k6Arguments, READABLE, recorderEnvironment, SUMMARY_FILE, withoutSecrets } from './command.ts'
import type { ConsoleLine } from './console.ts'
import { runK6 } from './execute.ts'
import { outcomeOf } from './outcome.ts'
import { withTarget, type Plan } from './plan.ts'
import { makeRunFolder, SCHEMA, writeRecord, type RunRecord } from './record.ts'
import { removeSetupData } from './setupData.ts'
import { startShopThread, type ShopThread } from './shop.ts'
import { openTunnel, type Tunnel, type TunnelSpec } from '../tunnel/index.ts'

/** What a run needs beside its plan. */
export interface RunOptions {
  engine: Engine
  /** The folder that run folders are made in. */
  results: string
  faults: readonly string[]
  /** Opens a tunnel to the target, and closes it in the end. */
  tunnel?: TunnelSpec
  /** Runs work that a Ctrl-C ends: what is waited for before k6 starts. */
  abortable: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>
  /** Further `KEY=VALUE` for the script, and further arguments for k6. */
  env?: readonly string[]
  more?: readonly string[]
  /** Says a line to the person who waits. */
  say: (line: string) => void
}

/** A run that ended: its record, its folder, and the lines that the script itself wrote. */
export interface Finished {
  record: RunRecord
  folder: string
  own: readonly ConsoleLine[]
}

/** A run's name: its suite and the UTC time, `boutique-20261121T205900-1a2b`. */
export function newRunId(suite: string, now: Date = new Date()): string {
  const time = now.toISOString().slice(0, 19).replace(/[-:]/g, '')
  const unique = Math.floor(Math.random() * 0x10000)
    .toString(16)
    .padStart(4, '0')
  return `${suite}-${time}-${unique}`.slice(-64).replace(/^-+/, '')
}

/** Runs a plan on a real k6, with the embedded shop if it is the target, and leaves a record, whatever happens. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<Finished> {
  const { engine, results, faults, tunnel: spec, abortable, say } = options
  const { SEED, RUN_ID } = plan.settings
  const id = RUN_ID ?? newRunId(plan.manifest.suite)
  const folder = await makeRunFolder(resolve(results), id)
  let shop: ShopThread | undefined
  let receiver: Receiver | undefined
  let tunnel: Tunnel | undefined
  try {
    let ready = plan
    if (plan.embedded) {
      shop = await startShopThread({ port: 0, faults, ...(SEED === undefined ? {} : { seed: SEED }) })
      ready = withTarget(plan, shop.url)
      say(`the embedded shop answers at ${shop.url}${faults.length > 0 ? ` with ${faults.join(', ')}` : ''}`)
    }
    if (spec) {
      // A tunnel that is open, and nobody said to what, has itself for a target.
      const { BASE_URL: target } = ready.settings
      const named = spec.kind !== 'url' || spec.url !== target
      tunnel = await abortable((signal) =>
        openTunnel(spec, { target: named ? target : undefined, signal, say }),
      )
      ready = withTarget(ready, tunnel.url, true)
    }
    receiver = await startReceiver()
    const args = k6Arguments(ready, {
      id,
      folder,
      bundle: plan.suite.path,
      ...(options.env ? { env: options.env } : {}),
      ...(options.more ? { more: options.more } : {}),
    })
    const { env, notes } = cleanEnvironment(process.env)
    for (const note of notes) say(note)
    const started = beginning(ready, id, engine, args, faults)
    await writeRecord(folder, started)
    const given = { ...env, ...READABLE, ...recorderEnvironment(receiver.url) }
    const ended = await runK6(engine, args, given).finally(() => removeSetupData(join(folder, SUMMARY_FILE)))
    await receiver.close()
    const { record, console } = await outcomeOf(started, ready, receiver, ended, folder)
    await writeRecord(folder, record)
    return { record, folder, own: console.own }
  } finally {
    await receiver?.close()
    await tunnel?.close()
    await shop?.close()
  }
}

/** The record as it is until the run has ended: invalid, so that one that was cut short says so. */
function beginning(
  plan: Plan,
  id: string,
  engine: Engine,
  args: string[],
  faults: readonly string[],
): RunRecord {
  const { manifest, settings, judged, suite, script } = plan
  return {
    schema: SCHEMA,
    id,
    suite: manifest.suite,
    bundle: { file: relative(process.cwd(), suite.path), sha256: suite.manifest.sha256 },
    ...(script === undefined ? {} : { script }),
    state: 'running',
    verdict: 'invalid',
    reasons: ['the run has not ended, or was cut short'],
    exitCode: EXIT.invalid,
    startedAt: new Date().toISOString(),
    environment: settings.ENVIRONMENT,
    profile: script === undefined ? settings.PROFILE : 'script',
    target: settings.BASE_URL,
    embedded: plan.embedded,
    settings,
    faults,
    judgedPhases: judged,
    k6: { version: engine.version, path: engine.path, command: withoutSecrets(args) },
    journeys: [],
    thresholds: [],
    checks: [],
    failures: [],
    failedRequests: [],
    badRows: [],
    totals: { iterations: 0, dropped: 0, requests: 0, checks: 0, failedChecks: 0 },
    problems: [],
  }
}
