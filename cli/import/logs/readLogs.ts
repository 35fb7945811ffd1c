import type { PerSecond } from '../../record/index.ts'
import type { PatternLevel } from '../../../config/workload/load.ts'
import { sum } from '../../../config/sum.ts'
import { number, UserError } from '../../base/index.ts'
import { addressOf } from './address.ts'
import { eachLine, unpacked } from './lines.ts'
import { patternOf } from './pattern.ts'
import { readEntry } from './readEntry.ts'
import { whyNotAgain, reasonToLeave } from './reasonToLeave.ts'
import { createRoutes, type Routes } from './routes.ts'
import { createSeconds, perSecondOf } from './seconds.ts'

/** A file to read: where it is, and what it is called. */
export interface LogFile {
  path: string
  name: string
}

/** What production was asked for. */
export interface Traffic {
  /** What it was read from, in words. */
  kind: string
  routes: ReturnType<Routes['all']>
  requests: number
  seconds: number
  perSecond: PerSecond
  /** Empty where it is not known when they came. */
  pattern: PatternLevel[]
  /** Seconds of a step, where rates are known in place of requests; 0 where one rate alone is. */
  stepSeconds?: number
  /** Seconds that requests took together, and how many of them tell; 0 of 0 where none does. */
  took: { seconds: number; of: number }
  /** Requests that do not count, by the reason. */
  left: ReadonlyMap<string, number>
  /** Requests whose query was written without some of its parameters. */
  cut: number
}

/** Why a line is no request. */
const UNREAD = 'lines that are no request of an access log'

/** Reads access logs line by line, in bounded memory. Throws UserError where they cannot be read, or have no request that counts. */
export async function readLogs(
  files: readonly LogFile[],
  include: readonly string[],
  progress: (bytes: number) => void,
): Promise<Traffic> {
  const routes = createRoutes()
  const seconds = createSeconds()
  const left = new Map<string, number>()
  const took = { seconds: 0, of: 0 }
  let read = 0
  let cut = 0
  const each = (line: string): undefined => {
    const entry = readEntry(line)
    const address = entry && addressOf(entry.target)
    const isKept =
      entry && address && include.some((part) => `${entry.method} ${address.path}`.includes(part))
    const reason =
      entry === undefined
        ? UNREAD
        : address === undefined
          ? 'requests for no path'
          : isKept
            ? undefined
            : reasonToLeave(entry, address.path)
    if (reason !== undefined || entry === undefined || address === undefined) {
      left.set(reason ?? UNREAD, (left.get(reason ?? UNREAD) ?? 0) + 1)
      return
    }
    seconds.add(entry.at)
    if (address.cut) cut++
    if (entry.seconds !== undefined) {
      took.seconds += entry.seconds
      took.of++
    }
    const { method, status } = entry
    routes.add({
      method,
      path: address.path,
      status,
      value: address.value,
      replayed: isKept === true || whyNotAgain(method, address.path) === undefined,
    })
  }
  for (const { path, name } of files)
    await eachLine(await unpacked(path, (bytes) => progress((read += bytes))), each).catch(
      (error: unknown) => {
        if (error instanceof UserError) throw error
        const { code, message } = error as NodeJS.ErrnoException
        throw new UserError(
          `${name} cannot be read to its end: ${code === 'Z_BUF_ERROR' ? 'its gzip ends in the middle' : message}`,
        )
      },
    )
  const counts = seconds.counts()
  if (counts.length === 0)
    throw new UserError(
      `${files.map(({ name }) => name).join(', ')}: none of the requests counts: ${leftTexts(left).join('; ')}. Keep some of them by --include.`,
    )
  return {
    kind: 'an access log',
    routes: routes.all(),
    requests: sum([...counts]),
    seconds: counts.length,
    perSecond: perSecondOf(counts),
    pattern: patternOf(counts),
    took,
    left,
    cut,
  }
}

/** What does not count, most first. */
export const leftTexts = (left: ReadonlyMap<string, number>): string[] =>
  [...left].sort(([, a], [, b]) => b - a).map(([reason, count]) => `${reason}: ${number(count)}`)
