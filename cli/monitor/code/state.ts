import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { UserError, atomicWrite, parseJson } from '../../base/index.ts'
import { monitorIdentity } from '../../project/index.ts'
import type { CheckShape } from './monitorCheck.ts'

/** Where the state lies in a project. It holds no secret, and belongs into version control. */
export const STATE_FILE = '.loadwright/monitors.json'

/** A monitor as it was last applied. */
export interface Applied {
  job: string
  target: string
  /** The check's id in the tenant. */
  id: number
  shape: CheckShape
}

/** What was last applied, and to which tenant. */
export interface MonitorState {
  version: 1
  /** The API's URL. */
  api: string
  tenantId: number
  monitors: readonly Applied[]
  /** Ids of probes by name, as far as they were needed. */
  probes: Readonly<Record<string, number>>
}

/** Reads the state of a project; undefined where nothing was applied yet. Throws UserError for a file that is no state. */
export async function readState(
  folder: string,
  file: string = STATE_FILE,
): Promise<MonitorState | undefined> {
  const path = join(folder, file)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`)
  })
  if (text === undefined) return undefined
  const state = parseJson(text)
  if (!isState(state))
    throw new UserError(
      `${file} is no state of monitors. Restore it from version control, or delete it: the next apply finds each check by its job and target, and only forgets which others are this project's`,
    )
  return state
}

/** Writes the state of a project atomically. */
export async function writeState(
  folder: string,
  state: MonitorState,
  file: string = STATE_FILE,
): Promise<void> {
  const path = join(folder, file)
  try {
    await mkdir(dirname(path), { recursive: true })
    await atomicWrite(path, `${JSON.stringify(state, undefined, 2)}\n`)
  } catch (error) {
    throw new UserError(`${relative(folder, path)} cannot be written: ${(error as Error).message}`)
  }
}

/** The state with a monitor as it is now, in the place of what it was. */
export const withApplied = (state: MonitorState, applied: Applied): MonitorState => ({
  ...state,
  monitors: [...withoutApplied(state, applied).monitors, applied].toSorted((a, b) =>
    monitorIdentity(a) < monitorIdentity(b) ? -1 : 1,
  ),
})

/** The state without a monitor. */
export const withoutApplied = (state: MonitorState, gone: { job: string; target: string }): MonitorState => ({
  ...state,
  monitors: state.monitors.filter((one) => monitorIdentity(one) !== monitorIdentity(gone)),
})

function isState(value: unknown): value is MonitorState {
  const { version, api, tenantId, monitors, probes } = (value ?? {}) as Partial<MonitorState>
  return (
    version === 1 &&
    typeof api === 'string' &&
    typeof tenantId === 'number' &&
    Array.isArray(monitors) &&
    monitors.every(isApplied) &&
    typeof probes === 'object'
  )
}

function isApplied(value: unknown): boolean {
  const { job, target, id, shape } = (value ?? {}) as Partial<Applied>
  return (
    typeof job === 'string' &&
    typeof target === 'string' &&
    typeof id === 'number' &&
    typeof shape?.sha256 === 'string' &&
    Array.isArray(shape.probes)
  )
}
