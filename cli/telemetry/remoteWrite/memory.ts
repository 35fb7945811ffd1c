import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { atomicWrite } from '../../base/index.ts'
import type { Form } from './send.ts'

/** What a queue remembers of where it goes; no secret. */
export interface QueueMemory {
  readonly schema: 1
  /** Where its pushes were to go. */
  readonly url: string
  /** The form in which that server takes histograms. */
  readonly histograms: Form
}

const FILE = 'target.json'

/** What the queue in a folder remembers; undefined where there is none, or nothing can be read. */
export async function recall(folder: string): Promise<QueueMemory | undefined> {
  try {
    const memory = JSON.parse(await readFile(join(folder, FILE), 'utf8')) as Partial<QueueMemory>
    if (typeof memory.url !== 'string') return undefined
    return { schema: 1, url: memory.url, histograms: memory.histograms === 'classic' ? 'classic' : 'native' }
  } catch {
    return undefined
  }
}

/** Writes down where a queue goes; a disk that does not take it is noticed by the queue itself. */
export async function remember(folder: string, memory: Omit<QueueMemory, 'schema'>): Promise<void> {
  await atomicWrite(join(folder, FILE), `${JSON.stringify({ schema: 1, ...memory })}\n`).catch(
    () => undefined,
  )
}
