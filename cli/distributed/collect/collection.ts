import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { atomicWrite, defined, parseJson } from '../../base/index.ts'
import { openRecording, PUSHES_FOLDER, takeLogged, type Recording } from '../../record/index.ts'
import { createIntake, type Intake, type IntakeOptions } from './intake.ts'
import { openMovingLog } from './movingLog.ts'
import { createRoster, type Member } from './roster.ts'
import { signOf } from './signOf.ts'

/** A run's folder, and how its series are kept. */
export interface CollectionOptions extends Omit<IntakeOptions, 'recording' | 'log' | 'roster'> {
  readonly folder: string
  /** The length of a window, seconds; 10 unless told. */
  readonly windowSeconds?: number | undefined
  /** Another folder for the series, for when this one takes nothing more. */
  readonly elsewhere?: (() => Promise<string | undefined>) | undefined
}

/** What instances push, in a run's folder; it goes on where one before it was killed. */
export interface Collection {
  readonly intake: Intake
  readonly recording: Recording
  /** Writes what is left, and ends. */
  close(): Promise<void>
}

/** Who was seen, in the folder of pushes. */
const MEMBERS_FILE = 'members.json'

/** How often pushes are moved from the log into the series' file, ms. */
const MOVE_INTERVAL_MS = 5000

/**
 * V8 puts objects among the old ones at once where those of the same lines have lived long before. Those of the first
 * pushes do, as all series are new then; those of later ones are over in milliseconds, and would double the memory.
 */
const YOUNG = '--no-allocation-site-pretenuring'

/** Opens the collection of a run's folder. */
export async function openCollection({
  folder,
  windowSeconds,
  elsewhere,
  ...about
}: CollectionOptions): Promise<Collection> {
  setFlagsFromString(YOUNG)
  const recording = await openRecording({ folder, ...defined({ windowSeconds, elsewhere }) })
  const place = join(folder, PUSHES_FOLDER)
  const roster = createRoster(await membersIn(place))
  const now = Date.now()
  await takeLogged(folder, recording.store, (changes, push) => {
    recording.keep(changes)
    const sign = signOf(push, recording.store, { at: now, isLive: false, connection: roster })
    // When it came is not known: soon after its samples were taken.
    if (sign.samples > 0) roster.see({ ...sign, at: Math.min(now, sign.until) })
  })
  const log = await openMovingLog(place, elsewhere)
  const move = async (): Promise<void> => {
    const rotated = await log.rotate()
    if (!(await recording.flush())) return
    await atomicWrite(join(place, MEMBERS_FILE), JSON.stringify(roster.members()))
    await rotated.drop()
  }
  await move()
  let moving: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    // What cannot be moved now stays in the log, and is moved next time.
    moving = moving.then(move).catch(() => undefined)
  }, MOVE_INTERVAL_MS)
  return {
    recording,
    intake: createIntake({ ...about, recording, log, roster }),
    async close() {
      clearInterval(timer)
      await moving
      await move().catch(() => undefined)
      await Promise.all([log.close(), recording.close()])
    },
  }
}

/** Who was seen before; nobody where no file tells it. */
async function membersIn(place: string): Promise<readonly Member[]> {
  const text = await readFile(join(place, MEMBERS_FILE), 'utf8').catch(() => '[]')
  return (parseJson(text) ?? []) as readonly Member[]
}
