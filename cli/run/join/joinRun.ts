import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defined, EXIT, LOG_FILE, ofInstance, SUMMARY_FILE } from '../../base/index.ts'
import {
  cleanEnvironment,
  GRACE_MS,
  guardMemory,
  killK6,
  PREFIX,
  removeSetupData,
  RUNNING,
  stopping,
  whileNotStopped,
  withoutConfig,
  withoutRemoteWrite,
  type Engine,
} from '../../k6/index.ts'
import {
  k6Arguments,
  READABLE,
  recorderEnvironment,
  withoutSecrets,
  type InstancePart,
  type Plan,
} from '../../project/index.ts'
import { resourceOf, startTraces, type Collector } from '../../telemetry/index.ts'
import { machineClass } from '../../record/index.ts'
import { watchGenerator } from '../../verdict/index.ts'
import { browserFor } from '../browserFor.ts'
import { followLog } from '../followLog.ts'
import { freePorts } from '../instances/parts.ts'
import { endLingering } from '../instances/setupOnce.ts'
import { startInstance } from '../instances/startInstance.ts'
import { withReadyTarget, type TargetPath } from '../target.ts'
import { byEnvironment } from '../variablesByEnvironment.ts'
import type { CollectorClient } from './collectorClient.ts'
import { followOrders } from './followOrders.ts'
import { PATHS, type JoinedPart, type Offer } from './protocol.ts'
import { sendFiles } from './sendFiles.ts'

/** Milliseconds until what could not be sent at the end is given up. */
const PATIENCE_MS = 120_000

/** What an instance of a run elsewhere needs beside its plan. */
export interface JoinInputs extends TargetPath {
  readonly engine: Engine
  readonly collector: CollectorClient
  readonly offer: Offer
  readonly part: JoinedPart
  readonly region: string | undefined
  /** Milliseconds for which it waits for the others and for the collector. */
  readonly waitMs: number
  /** What this machine has too little of. */
  readonly warnings: readonly string[]
  /** Where spans are exported to. */
  readonly traces: Collector | undefined
  readonly env: readonly string[]
  readonly more: readonly string[]
}

/**
 * Makes one part of a run that a collector elsewhere judges: begins when it says so, sends it all that it needs. Gives
 * the exit code: 0 where k6 came to its own end and all was sent.
 */
export async function joinRun(plan: Plan, inputs: JoinInputs): Promise<number> {
  const { engine, offer, part, region, env, more, say, traces } = inputs
  const folder = await mkdtemp(join(tmpdir(), `${offer.id}-${part.id}-`))
  const [port = 0] = await freePorts(1)
  const own = [...more, ...(region === undefined ? [] : ['--tag', `region=${region}`])]
  return whileNotStopped(() =>
    withReadyTarget(plan, inputs, async (ready) => {
      const argsOf = (given: InstancePart): string[] =>
        k6Arguments(ready, {
          id: offer.id,
          folder,
          bundle: plan.suite.path,
          spans: traces !== undefined,
          part: given,
          env,
          more: own,
        })
      const config = await withoutConfig(folder, say)
      const variables = await environmentOf(plan, inputs, byEnvironment(argsOf({ ...part, port })).env)
      const files = [
        join(folder, ofInstance(SUMMARY_FILE, part.id)),
        join(folder, ofInstance(LOG_FILE, part.id)),
      ]
      const [summary = '', log = ''] = files
      const children: Parameters<typeof stopping>[0][number][] = []
      // Those of a k6 that began again at another port come later.
      const pids: number[] = []
      const signal = { came: false }
      const stopper = stopping(children, {
        grace: GRACE_MS,
        onSignal: () => (signal.came = true),
        interrupt: (child) =>
          void (part.id === '1' ? endLingering(one, Promise.resolve()) : child.kill('SIGINT')),
      })
      const one = startInstance(
        engine,
        {
          part: { ...part, port },
          args: (at) => byEnvironment(argsOf({ ...part, port: at })).args,
          files: config === undefined ? [] : [config],
        },
        variables,
        {
          ...defined({ config }),
          onChild: (child) => {
            children.push(child)
            if (child.pid !== undefined) pids.push(child.pid)
          },
          isStopping: () => signal.came,
        },
      )
      const watched = watchGenerator(pids)
      let exhausted: string | undefined
      const memory = guardMemory({
        pids,
        stop(reason) {
          if (exhausted === undefined) say(reason)
          exhausted ??= reason
          stopper.stop()
        },
        kill: () => children.forEach(killK6),
      })
      const following = followLog({ file: log, bundle: plan.suite.path, locate: undefined, say })
      const spans =
        traces &&
        startTraces({
          ...traces,
          file: log,
          resource: resourceOf({
            id: offer.id,
            suite: offer.suite,
            environment: plan.settings.ENVIRONMENT,
            k6: engine.version,
          }),
          say,
        })
      let spansEnded: Promise<unknown> | undefined
      const endSpans = async (): Promise<void> => {
        await (spansEnded ??= spans?.close())
      }
      const sending = sendFiles(inputs.collector, {
        id: part.id,
        log,
        summary,
        patienceMs: Math.min(inputs.waitMs, PATIENCE_MS),
      })
      try {
        const about = {
          part,
          session: randomUUID(),
          sha256: plan.suite.manifest.sha256,
          k6: {
            version: engine.version,
            path: engine.path,
            command: withoutSecrets(argsOf({ ...part, port })),
          },
          machine: machineClass(),
          host: hostname(),
          ...defined({ region }),
          ...(inputs.warnings.length > 0 ? { warnings: inputs.warnings } : {}),
        }
        const outcome = await followOrders(one, inputs.collector, {
          about,
          stop: stopper.stop,
          wasSignalled: () => signal.came,
          beforeEnd: async () => {
            await removeSetupData(summary)
            const sent = await sending.finish()
            await endSpans()
            return sent
          },
          watched: () => ({ watched: watched.stop(), ...defined({ memory: memory.stop() }) }),
          exhausted: () => exhausted,
          waitMs: inputs.waitMs,
          say,
        })
        if (outcome.isSent) await rm(folder, { recursive: true, force: true })
        else say(`the collector did not get what this instance left: it is in ${folder}`)
        return signal.came ? EXIT.interrupted : outcome.code
      } finally {
        // A collector that wants nothing of it says so by an error.
        for (const child of children) killK6(child)
        memory.stop()
        stopper.release()
        await sending.stop()
        await following.close()
        await endSpans()
      }
    }),
  )
}

/** The environment of a k6 that pushes to a collector: its token is no argument, which everybody on the machine can read. */
async function environmentOf(
  plan: Plan,
  { collector: { url, token }, say }: JoinInputs,
  told: Readonly<Record<string, string>>,
): Promise<NodeJS.ProcessEnv> {
  const { env, notes } = cleanEnvironment(process.env)
  for (const note of notes) say(note)
  const { COLLECT_TOKEN: _, ...rest } = withoutRemoteWrite(env)
  return {
    ...rest,
    ...told,
    ...RUNNING,
    ...(await browserFor(plan.manifest, say)),
    ...READABLE,
    ...recorderEnvironment(`${url}${PATHS.write}`, plan.suite.manifest.sha256),
    [`${PREFIX}BEARER_TOKEN`]: token,
  }
}
