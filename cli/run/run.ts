import { join, resolve } from 'node:path'
import { cleanEnvironment, type Engine } from '../k6/index.ts'
import { startReceiver } from '../record/index.ts'
import { beginning } from './beginning.ts'
import { k6Arguments, READABLE, recorderEnvironment, SUMMARY_FILE } from './command.ts'
import type { ConsoleLine } from './console.ts'
import { runK6 } from './execute.ts'
import { outcomeOf } from './outcome.ts'
import { metadataOf } from './metadata.ts'
import type { Plan } from './plan.ts'
import { makeRunFolder, writeRecord, type RunRecord } from './record.ts'
import { removeSetupData } from './setupData.ts'
import { withReadyTarget, type Way } from './target.ts'

/** What a run needs beside its plan. */
export interface RunOptions extends Way {
  engine: Engine
  /** The folder that run folders are made in. */
  results: string
  /** Further `KEY=VALUE` for the script, and further arguments for k6. */
  env?: readonly string[]
  more?: readonly string[]
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
  const { engine, results, faults, env = [], more = [], say } = options
  const id = plan.settings.RUN_ID ?? newRunId(plan.manifest.suite)
  const folder = await makeRunFolder(resolve(results), id)
  return withReadyTarget(plan, options, async (ready) => {
    const receiver = await startReceiver()
    try {
      const args = k6Arguments(ready, { id, folder, bundle: plan.suite.path, env, more })
      const clean = cleanEnvironment(process.env)
      for (const note of clean.notes) say(note)
      const metadata = await metadataOf(process.cwd())
      const started = beginning(ready, { id, engine, args, metadata, faults })
      await writeRecord(folder, started)
      const given = { ...clean.env, ...READABLE, ...recorderEnvironment(receiver.url) }
      const ended = await runK6(engine, args, given).finally(() =>
        removeSetupData(join(folder, SUMMARY_FILE)),
      )
      await receiver.close()
      const { record, console } = await outcomeOf(started, ready, receiver, ended, folder)
      await writeRecord(folder, record)
      return { record, folder, own: console.own }
    } finally {
      await receiver.close()
    }
  })
}
