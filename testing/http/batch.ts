import { needVu, warn, type Core } from '../core.ts'
import { parseRequest, Refused, type Parsed } from './params.ts'
import { refusedResponse, responseOf } from './response.ts'
import { send } from './send.ts'

/** k6's `http.batch`: the requests start together, the clock moves by the slowest. */
export const batch =
  (core: Core) =>
  (...args: unknown[]): object => {
    needVu(core, 'Using batch in the init context is not supported')
    const [wanted] = args
    if (args.length === 0) throw new core.GoError('no argument was provided to http.batch()')
    if (args.length > 1) throw new core.GoError('http.batch() accepts only an array or an object of requests')
    if (typeof wanted !== 'object' || wanted === null) {
      throw new core.GoError(
        `invalid http.batch() argument type ${wanted === null ? '<nil>' : typeof wanted}`,
      )
    }
    const results = new (Array.isArray(wanted) ? core.realm.Array : core.realm.Object)() as Record<
      string,
      unknown
    >
    const parsed: [string, Parsed][] = []
    for (const [key, entry] of Object.entries(wanted)) {
      const one = parseEntry(core, key, entry)
      results[key] = refusedResponse(core, one instanceof Refused ? one : undefined)
      if (one instanceof Refused) {
        if (core.options.throw === true) throw new core.GoError(one.sentence)
        warn(core, `A batch request failed: ${one.sentence}`)
        // As in k6: nothing is sent, and what comes after the bad entry stays null.
        for (const other of Object.keys(wanted)) if (Array.isArray(wanted)) results[other] ??= null
        return results
      }
      parsed.push([key, one])
    }
    let slowest = 0
    let thrown: string | undefined
    for (const [key, one] of parsed) {
      const answer = send(core, one)
      slowest = Math.max(slowest, answer.total)
      results[key] = responseOf(core, one, answer)
      if (answer.error === '') continue
      if (one.throws) thrown ??= answer.error
      else warn(core, `Request Failed: ${answer.error}`)
    }
    core.clock.advance(slowest)
    if (thrown !== undefined) throw new core.GoError(thrown)
    return results
  }

function parseEntry(core: Core, key: string, entry: unknown): Parsed | Refused {
  if (Array.isArray(entry)) {
    const [method, url, body, params] = entry as unknown[]
    if (entry.length < 2) return new Refused(`invalid batch request '${JSON.stringify(entry)}'`)
    if (typeof method !== 'string') return new Refused(`invalid method type '${JSON.stringify(method)}'`)
    return parseRequest(core, method, url, body, params)
  }
  if (
    typeof entry !== 'object' ||
    entry === null ||
    !('url' in entry || 'method' in entry || 'body' in entry)
  ) {
    return parseRequest(core, 'GET', entry, undefined, undefined)
  }
  const { method = 'GET', url, body, params } = entry as Record<string, unknown>
  if (!('url' in entry)) return new Refused(`batch request ${key} doesn't have a url key`)
  if (typeof method !== 'string') return new Refused(`invalid method type '${JSON.stringify(method)}'`)
  const verb = method.toUpperCase()
  const bodiless = verb === 'GET' || verb === 'HEAD'
  return parseRequest(core, verb, url, bodiless && 'method' in entry ? undefined : body, params)
}
