import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import { withoutWords } from '../secrets/secretWords.ts'
import type { RawCollection } from './kind.ts'

/** A script of an item, and whether it is the item's own or one of a folder around it. */
export interface ItemScript {
  code: string
  own: boolean
}

/** A request of a collection with what its folders give it. */
export interface Item {
  name: string
  /** `request 3`: which of the collection's. */
  place: string
  /** The folder that it is in, by a number; undefined beside all folders. */
  folder: { id: number; name: string } | undefined
  request: Raw
  /** The auth that holds for it; undefined for none. */
  auth: Raw | undefined
  before: readonly ItemScript[]
  tests: readonly ItemScript[]
  /** Answers that were saved as examples. */
  examples: readonly Raw[]
}

interface Around {
  folder: Item['folder']
  auth: Raw | undefined
  before: readonly string[]
  tests: readonly string[]
}

/** The requests of a collection in the order in which Postman runs them. */
export function itemsOf(collection: RawCollection): Item[] {
  const items: Item[] = []
  let folders = 0
  const rest: { raw: unknown; around: Around }[] = []
  const put = (list: readonly unknown[], around: Around): void => {
    for (const raw of list.toReversed()) rest.push({ raw, around })
  }
  put(collection.item, within({ folder: undefined, auth: undefined, before: [], tests: [] }, collection))
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { raw, around } = next
    if (!isRecord(raw)) continue
    const name = withoutWords('', (textAt(raw, 'name') ?? '').trim())
    if (Array.isArray(raw.item)) {
      const folder = { id: ++folders, name: name === '' ? 'folder' : name }
      put(raw.item, { ...within(around, raw), folder })
      continue
    }
    const request = typeof raw.request === 'string' ? { method: 'GET', url: raw.request } : raw.request
    if (!isRecord(request)) continue
    const scripts = scriptsOf(raw)
    items.push({
      name: name === '' ? 'request' : name,
      place: `request ${items.length + 1}`,
      folder: around.folder,
      request,
      auth: authOf(request, around.auth),
      before: [...around.before.map(inherited), ...scripts.before.map(own)],
      tests: [...around.tests.map(inherited), ...scripts.tests.map(own)],
      examples: Array.isArray(raw.response) ? raw.response.filter(isRecord) : [],
    })
  }
  return items
}

const own = (code: string): ItemScript => ({ code, own: true })
const inherited = (code: string): ItemScript => ({ code, own: false })

/** What holds in a folder: what is around it, and what it says itself. */
function within(around: Around, raw: Raw): Around {
  const { before, tests } = scriptsOf(raw)
  return {
    folder: around.folder,
    auth: authOf(raw, around.auth),
    before: before.length === 0 ? around.before : [...around.before, ...before],
    tests: tests.length === 0 ? around.tests : [...around.tests, ...tests],
  }
}

function authOf(raw: Raw, around: Raw | undefined): Raw | undefined {
  if (!isRecord(raw.auth)) return around
  return raw.auth.type === 'noauth' ? undefined : raw.auth
}

function scriptsOf({ event }: Raw): { before: string[]; tests: string[] } {
  const events = Array.isArray(event) ? event.filter(isRecord) : []
  const of = (listen: string): string[] =>
    events
      .filter((one) => one.listen === listen && one.disabled !== true)
      .map(({ script }) => (isRecord(script) ? linesOf(script.exec) : ''))
      .filter((code) => code.trim() !== '')
  return { before: of('prerequest'), tests: of('test') }
}

const linesOf = (exec: unknown): string =>
  Array.isArray(exec)
    ? exec.filter((line) => typeof line === 'string').join('\n')
    : typeof exec === 'string'
      ? exec
      : ''
