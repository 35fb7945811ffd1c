import { parseJson, UserError } from '../../base/index.ts'
import { isRecord, textAt } from '../studio/raw.ts'
import type { Exchange } from '../traffic/exchange.ts'
import type { Traffic } from '../traffic/traffic.ts'
import { eachEntry } from './elements.ts'
import { exchangeOf } from './entry.ts'

/** What a browser's developer tools write, which else has no more than pages and entries. */
const VERSION = /^1\.[0-3]$/

/** Reads a HAR entry by entry. Throws UserError where it is damaged, of another version, or has no entries. */
export async function readHar(
  path: string,
  file: string,
  progress: (bytes: number) => void,
): Promise<Traffic> {
  const exchanges: Exchange[] = []
  let entries = 0
  const rest = await eachEntry(
    path,
    (json, number) => {
      entries++
      const raw = parseJson(json)
      if (raw === undefined) throw new UserError(`entry ${number} is damaged`)
      const exchange = exchangeOf(raw, number)
      if (exchange !== undefined) exchanges.push(exchange)
    },
    progress,
  ).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error
    throw new UserError(`${file} is no HAR that can be read: ${error.message}. Export the recording again.`)
  })
  const whole = parseJson(rest.text)
  if (whole === undefined)
    throw new UserError(
      `${file} is no HAR that can be read: what is beside its entries is damaged. Export the recording again.`,
    )
  const log = isRecord(whole) && isRecord(whole.log) ? whole.log : undefined
  if (log === undefined)
    throw new UserError(
      `${file} is no HAR: got ${shapeOf(whole)}; allowed: an object with "log", as developer tools export it`,
    )
  const version = textAt(log, 'version') ?? ''
  if (version !== '' && !VERSION.test(version))
    throw new UserError(
      `${file}: log.version: got ${JSON.stringify(version).slice(0, 40)}; allowed: "1.2". Export it as HAR 1.2.`,
    )
  if (entries === 0)
    throw new UserError(`${file} has no entries: record some requests first, then export them`)
  if (exchanges.length === 0)
    throw new UserError(`${file}: none of its ${entries} entries has a request with an address`)
  const creator = isRecord(log.creator) ? (textAt(log.creator, 'name') ?? '') : ''
  return {
    kind: creator === '' ? 'HAR' : `HAR of ${creator.replace(/[^\w. -]/g, '').slice(0, 40)}`,
    exchanges,
    titles: titlesOf(log.pages, /k6/i.test(creator)),
    left: [],
    look: [],
  }
}

/** Groups that a person has named: of k6 Studio they all are, elsewhere none is. */
function titlesOf(pages: unknown, named: boolean): Map<string, string> {
  const titles = new Map<string, string>()
  if (!named || !Array.isArray(pages)) return titles
  for (const page of pages) {
    if (!isRecord(page)) continue
    const [id, title] = [textAt(page, 'id'), textAt(page, 'title')]
    if (id !== undefined && title !== undefined && title.trim() !== '' && !/^https?:/.test(title))
      titles.set(id, title.replaceAll('::', ':').trim().slice(0, 60))
  }
  return titles
}

const shapeOf = (json: unknown): string =>
  Array.isArray(json)
    ? 'a list'
    : isRecord(json)
      ? Object.keys(json).length === 0
        ? 'an empty object'
        : `an object with ${Object.keys(json)
            .slice(0, 3)
            .map((key) => JSON.stringify(key.slice(0, 30)))
            .join(', ')}`
      : 'a value'
