import type { Core } from '../core.ts'
import type { PageAct, PageDid } from '../types.ts'

/** What a page or a locator gives to look for something on it, and what of it is told at once. */
const FINDS = /^(?:locator|getBy\w+|frameLocator|contentFrame|first|last|nth|filter|and|or)$/
/** What may lead to another document. */
const LEADS = /^(?:goto|reload|goBack|goForward|click|dblclick|tap|press)$/
/** What a page that nobody plays answers, where that is more than nothing. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    ['innerText', 'textContent', 'inputValue', 'title', 'content'].map((name) => [name, '']),
  ),
  ...Object.fromEntries(['isVisible', 'isEnabled', 'isEditable'].map((name) => [name, true])),
  ...Object.fromEntries(['isHidden', 'isDisabled', 'isChecked'].map((name) => [name, false])),
  count: 1,
}

type Listener = (event: unknown) => void
type Members = Record<string, unknown>

/**
 * k6's `k6/browser`, with pages that the function of `rehearse` plays: each act of a script is recorded and asked of it.
 * What is told of a browser (its metrics) is not here.
 */
export function browserModule(core: Core): Record<string, unknown> {
  const context = (): object =>
    something(core, 'context', undefined, { newPage: () => Promise.resolve(pageOf(core)) })
  const browser = something(core, 'browser', undefined, {
    newContext: () => Promise.resolve(context()),
    newPage: () => Promise.resolve(pageOf(core)),
    context,
    isConnected: () => true,
  })
  return { browser, chromium: browser, devices: {}, networkProfiles: {} }
}

/** The page of a script: where it is, and who listens to it. */
interface Open {
  url: string
  listeners: Map<string, Listener[]>
}

function pageOf(core: Core): object {
  const open: Open = { url: 'about:blank', listeners: new Map() }
  return something(core, 'page', open, {
    url: () => open.url,
    isClosed: () => false,
    on: (name: string, listener: Listener) => {
      open.listeners.set(name, [...(open.listeners.get(name) ?? []), listener])
    },
    setDefaultTimeout: () => undefined,
    setDefaultNavigationTimeout: () => undefined,
  })
}

/** Something that can be asked to act: what is not among its members is an act, or finds something on it. */
function something(core: Core, on: string, open: Open | undefined, members: Members): object {
  return new Proxy(members, {
    get: (own, key) => {
      if (typeof key === 'symbol' || key === 'then') return undefined
      if (key in own) return own[key]
      if (FINDS.test(key))
        return (...given: unknown[]) => something(core, `${on}.${key}(${textOf(given)})`, open, {})
      if (key === 'keyboard' || key === 'mouse' || key === 'touchscreen')
        return something(core, `${on}.${key}`, open, {})
      return async (...given: unknown[]) => done(core, open, { act: key, on, given, url: open?.url ?? '' })
    },
  })
}

/** Asks for an act, and lets the page do what the answer says. */
async function done(core: Core, open: Open | undefined, act: PageAct): Promise<unknown> {
  core.seen.acts.push(act)
  const answer = await core.perform?.(act)
  if (!open || !LEADS.test(act.act)) return answer ?? ANSWERS[act.act]
  const did = (answer ?? {}) as PageDid
  const url = did.url ?? (act.act === 'goto' ? String(act.given[0]) : undefined)
  if (url === undefined && did.status === undefined) {
    tell(open, did.console)
    return undefined
  }
  const request = {
    url: () => url ?? open.url,
    method: () => 'GET',
    resourceType: () => 'Document',
    isNavigationRequest: () => true,
    frame: () => ({ url: () => open.url }),
  }
  const status = did.status ?? 200
  const response = { url: request.url, status: () => status, ok: () => status < 400, request: () => request }
  emit(open, 'request', request)
  emit(open, 'response', response)
  open.url = request.url()
  tell(open, did.console)
  return response
}

function tell(open: Open, lines: readonly string[] = []): void {
  for (const line of lines) emit(open, 'console', { type: () => 'error', text: () => line })
}

function emit(open: Open, name: string, event: unknown): void {
  for (const listener of open.listeners.get(name) ?? []) listener(event)
}

/** What was given, as a script would write it. */
const textOf = (given: readonly unknown[]): string =>
  given
    .map((one) => (one instanceof RegExp || one === undefined ? String(one) : JSON.stringify(one)))
    .join(', ')
