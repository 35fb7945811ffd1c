import { needVu, warn, type Core } from '../core.ts'
import { MODULES } from '../tables.ts'
import { asText } from '../text.ts'
import { batch } from './batch.ts'
import { files, goType, type FileData } from './body.ts'
import { CookieJar } from './cookieJar.ts'
import { parseRequest, Refused, type Parsed } from './params.ts'
import { refusedResponse, responseOf } from './response.ts'
import { send, type WireResponse } from './send.ts'
import { statusesOf } from './statuses.ts'
import { urlTag } from './url.ts'

const tls = { TLS_1_0: 'tls1.0', TLS_1_1: 'tls1.1', TLS_1_2: 'tls1.2', TLS_1_3: 'tls1.3' }
const inInit = 'Making http requests in the init context is not supported'

/** The module `k6/http`. */
export function httpModule(core: Core) {
  const parse = (method: unknown, url: unknown, body: unknown, params: unknown) => {
    needVu(core, inInit)
    return parseRequest(core, String(method), url, body, params)
  }
  const request = (method: unknown, url: unknown, body?: unknown, params?: unknown): object => {
    const parsed = parse(method, url, body, params)
    if (parsed instanceof Refused) return refuse(core, parsed)
    const answer = send(core, parsed)
    core.clock.advance(answer.total)
    complain(core, parsed, answer)
    return responseOf(core, parsed, answer)
  }
  const asyncRequest = (method: unknown, url: unknown, body?: unknown, params?: unknown): Promise<object> => {
    const parsed = parse(method, url, body, params)
    return new core.realm.Promise<object>((resolve) => {
      if (parsed instanceof Refused) {
        resolve(refuse(core, parsed))
        return
      }
      const answer = send(core, parsed)
      const arrive = (done: () => void) => void core.timers.setTimeout(done, answer.total)
      resolve(
        new core.realm.Promise<void>(arrive).then(() => {
          complain(core, parsed, answer)
          return responseOf(core, parsed, answer)
        }),
      )
    })
  }
  const bodiless =
    (name: string) =>
    (url: unknown, ...rest: unknown[]) => {
      needVu(core, inInit)
      if (rest.length > 1) {
        warn(
          core,
          `http.${name} only accepts a url and a params argument (2 arguments), but ${rest.length + 1} were given`,
        )
      }
      return request(name.toUpperCase(), url, undefined, rest[0])
    }
  const verb = (method: string) => (url: unknown, body?: unknown, params?: unknown) =>
    request(method, url, body, params)
  const file = (data: unknown, filename?: unknown, contentType?: unknown): FileData => {
    if (typeof data !== 'string' && Object.prototype.toString.call(data) !== '[object ArrayBuffer]') {
      throw new core.GoError(`invalid type ${goType(data)}, expected string or ArrayBuffer`)
    }
    const name = filename === undefined ? String(core.clock.now() * 1e6) : asText(filename)
    const made = { data, filename: name, content_type: asText(contentType ?? 'application/octet-stream') }
    files.add(made)
    return made
  }
  // A function, so that scripts may write `new http.CookieJar()`.
  function Jar(this: unknown) {
    return new CookieJar(core)
  }
  const cookieJar = () => {
    needVu(core, 'Making cookie jars in the init context is not supported')
    return new CookieJar(core, core.vu.jar)
  }
  return {
    ...tls,
    ...ocsp,
    url: urlTag,
    CookieJar: Jar,
    cookieJar,
    file,
    get: bodiless('get'),
    head: bodiless('head'),
    post: verb('POST'),
    put: verb('PUT'),
    patch: verb('PATCH'),
    del: verb('DELETE'),
    options: verb('OPTIONS'),
    request,
    asyncRequest,
    batch: batch(core),
    ...statusesOf(core),
  }
}

/** The response to a refused request: thrown when the option `throw` is set, else warned of. */
function refuse(core: Core, refused: Refused): object {
  if (core.options.throw === true) throw new core.GoError(refused.sentence)
  warn(core, `Request Failed: ${refused.sentence}`)
  return refusedResponse(core, refused)
}

/** A failed request is thrown when it asked for that, else warned of. */
export function complain(core: Core, parsed: Parsed, answer: WireResponse): void {
  if (answer.error === '') return
  if (parsed.throws) throw new core.GoError(answer.error)
  warn(core, `Request Failed: ${answer.error}`)
}

/** OCSP_STATUS_GOOD is `good`, OCSP_REASON_CA_COMPROMISE `ca_compromise`. */
const ocsp = Object.fromEntries(
  Array.from(MODULES['k6/http']?.matchAll(/OCSP_[A-Z]+_(\w+)/g) ?? [], ([name, word = '']) => [
    name,
    word.toLowerCase(),
  ]),
)
