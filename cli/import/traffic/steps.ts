import { operationNames } from './operation.ts'
import type { Draft } from './draft.ts'
import { actionOf, nounOf, singular } from './template.ts'

/** Requests of one action of a user. */
export interface Group {
  name: string
  /** Which requests, from 0. */
  requests: readonly number[]
  /** Milliseconds between the last answer and the first request of this one. */
  pause: number | undefined
  /** Seconds of think time before it, from and to, where they do not follow from the pause; 0 is none. */
  think?: readonly [least: number, most: number]
}

/** After so long without a request somebody has done something. */
const PAUSE_MS = 800

/** Puts requests into steps: by the groups of the recorder, by pages that are opened, and by pauses; each socket is one. */
export function groupsOf(drafts: readonly Draft[], titles: ReadonlyMap<string, string>): Group[] {
  const groups: { requests: number[]; pause: number | undefined; title: string | undefined }[] = []
  let end = 0
  drafts.forEach(({ exchange }, index) => {
    const { at, kind, page } = exchange
    if (kind === 'socket') return
    const title = page === undefined ? undefined : titles.get(page)
    const open = groups.at(-1)
    const before = drafts[index - 1]?.exchange
    const timed = at > 0 && end > 0
    const begins =
      open === undefined ||
      title !== open.title ||
      (title === undefined &&
        (opensPage(kind, index, drafts) || (timed ? at - end > PAUSE_MS : before?.page !== page)))
    if (begins)
      groups.push({ requests: [index], pause: open && timed ? Math.max(0, at - end) : undefined, title })
    else open.requests.push(index)
    end = Math.max(end, exchange.end)
  })
  drafts.forEach(({ exchange }, index) => {
    if (exchange.kind !== 'socket') return
    const after = groups.findLastIndex(({ requests: [first = 0] }) => first < index)
    groups.splice(after + 1, 0, { requests: [index], pause: 0, title: undefined })
  })
  const names = new Map<string, number>()
  return groups.map(({ requests, pause, title }) => {
    const name = title ?? stepName(requests.flatMap((index) => drafts[index] ?? []))
    const count = (names.get(name) ?? 0) + 1
    names.set(name, count)
    return { name: count === 1 ? name : `${name} (${ORDINALS[count] ?? `time ${count}`})`, requests, pause }
  })
}

const ORDINALS: Readonly<Record<number, string>> = {
  2: 'again',
  3: 'third time',
  4: 'fourth time',
  5: 'fifth time',
}

/** A frame is part of the page that was opened a moment before. */
const opensPage = (kind: string, index: number, drafts: readonly Draft[]): boolean => {
  if (kind !== 'document') return false
  const before = drafts.slice(0, index).findLast(({ exchange }) => exchange.kind === 'document')
  const own = drafts[index]
  const frame = own?.exchange.headers.some(
    ([name, value]) => /^sec-fetch-dest$/i.test(name) && value.includes('frame'),
  )
  return before === undefined || frame !== true
}

/** What a person would call a step: by the request that a click was for. */
export function stepName(drafts: readonly Draft[]): string {
  const main = drafts.find(({ exchange }) => exchange.method !== 'GET') ?? drafts[0]
  if (main === undefined) return 'step'
  const { exchange } = main
  const operations = operationNames(main)
  if (operations !== undefined) return operations.map(spoken).join(' and ')
  const { pathname } = new URL(exchange.url)
  const noun = nounOf(pathname)
  if (exchange.kind === 'socket') return `connect to ${noun}`
  const one = singular(noun)
  switch (exchange.method) {
    case 'GET':
    case 'HEAD':
      return exchange.kind === 'document' ? `open ${noun}` : `load ${noun}`
    case 'POST': {
      const doing = actionOf(pathname)
      if (/^(?:log ?in|sign ?in|session|sessions|auth)$/.test(noun)) return 'log in'
      if (/^(?:log ?out|sign ?out)$/.test(noun)) return 'log out'
      if (exchange.answer?.status === 201) return `create ${one}`
      return doing === undefined ? `submit ${one}` : `${doing.verb} ${doing.noun}`
    }
    case 'DELETE':
      return `delete ${one}`
    default:
      return `change ${one}`
  }
}

/** `AddToCart` is `add to cart`. */
const spoken = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
