import type { Core } from '../core.ts'
import { asText } from '../text.ts'
import { plainCookie, type Cookie } from './cookie.ts'
import { createJar, type Jar } from './jar.ts'

/** k6's `CookieJar`: the script's handle on a jar. */
export class CookieJar {
  readonly #core: Core
  readonly #jar: Jar
  constructor(core: Core, jar: Jar = createJar(core.clock)) {
    this.#core = core
    this.#jar = jar
    // Own properties, as on k6's host object: they can be listed.
    Object.assign(this, {
      clear: (url: string) => {
        this.#expire(
          url,
          this.#jar.cookiesFor(url).map(({ name }) => name),
        )
      },
      cookiesForURL: (url: string) => this.#list(url),
      delete: (url: string, name: string) => {
        if (name === '') throw new this.#core.GoError('cookie: is null')
        this.#expire(url, [name])
      },
      set: (url: string, name: string, value: string, options?: object | null) => {
        this.#jar.store(url, [this.#cookie(name, value, options)])
        return true
      },
    })
  }

  /** The jar behind the handle, or undefined for anything else. */
  static jarOf(value: unknown): Jar | undefined {
    return value instanceof CookieJar ? value.#jar : undefined
  }

  #expire(url: string, names: string[]) {
    this.#jar.store(
      url,
      names.map((name) => ({ ...plainCookie(name, ''), maxAge: -1 })),
    )
  }

  #list(url: string): Record<string, string[]> {
    const found = new this.#core.realm.Object() as Record<string, string[]>
    for (const { name, value } of this.#jar.cookiesFor(url))
      (found[name] ??= this.#core.realm.Array.of<string>()).push(value)
    return found
  }

  #cookie(name: string, value: string, options?: object | null): Cookie {
    const cookie = plainCookie(asText(name), asText(value))
    for (const [key, setting] of Object.entries(options ?? {})) {
      const text = String(setting)
      switch (key.toLowerCase()) {
        case 'path':
          cookie.path = text
          break
        case 'domain':
          cookie.domain = text
          break
        case 'max_age':
          cookie.maxAge = Math.trunc(Number(setting)) || 0
          break
        case 'secure':
          cookie.secure = Boolean(setting)
          break
        case 'http_only':
          cookie.httpOnly = Boolean(setting)
          break
        case 'expires': {
          const time = Date.parse(text)
          if (text !== '' && Number.isNaN(time)) {
            throw new this.#core.GoError(`unable to parse "expires" date string "${text}"`)
          }
          if (text !== '') cookie.expires = time
        }
      }
    }
    return cookie
  }
}
