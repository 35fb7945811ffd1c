import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { atomicWrite, makeFolder, parseJson } from '../../base/index.ts'
import { cacheFolder } from '../../k6/index.ts'
import { machineClass } from '../../record/index.ts'
import type { Costs } from './need.ts'

/** What a suite was measured to cost on a machine. */
export interface Sizing extends Costs {
  suite: string
  /** The hash of the bundle that was measured. */
  sha256: string
  machine: string
  /** k6's version. */
  k6: string
  /** ISO 8601, UTC. */
  at: string
  /** What answered: an address, or the embedded shop. */
  target: string
}

/** The file of a suite's sizing on this machine: in the cache, since it is of the machine, and not of the project. */
function fileOf(project: string, suite: string): string {
  const key = createHash('sha256').update(`${project}\n${machineClass()}`).digest('hex').slice(0, 16)
  return join(cacheFolder(process.env), 'sizes', key, `${suite}.json`)
}

/** Keeps a sizing of a suite of a project (its folder). Rejects where it cannot be written. */
export async function keepSizing(project: string, sizing: Sizing): Promise<void> {
  const file = fileOf(project, sizing.suite)
  await makeFolder(join(file, '..'))
  await atomicWrite(file, `${JSON.stringify(sizing, undefined, 2)}\n`, { sync: false })
}

/** The sizing of a suite on this machine; undefined where it was never measured. */
export async function keptSizing(project: string, suite: string): Promise<Sizing | undefined> {
  const text = await readFile(fileOf(project, suite), 'utf8').catch(() => '')
  const kept = parseJson(text) as Partial<Sizing> | undefined
  return typeof kept?.base === 'object' && typeof kept.scenarios === 'object' ? (kept as Sizing) : undefined
}
