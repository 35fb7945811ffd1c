import { isLoopback, parseHttpUrl } from '../../../../config/url.ts'
import type { Note } from '../../recording.ts'
import { child, children, own, textAt, type Place } from './place.ts'

/** Where an API is: its origin, where the document names one, and the path before those of its operations. */
export interface Server {
  origin: string | undefined
  path: string
  /** Whether the document has a user in its address. */
  user: boolean
}

/** The servers that a document, a path or an operation names, with the defaults of their variables. */
export function serversOf(servers: Place): Server[] {
  return children(servers).flatMap((place) => {
    const variables = child(place, 'variables')
    const url = textAt(place.value, 'url')?.replace(
      /\{([^{}]+)\}/g,
      (_, name: string) => textAt(own(variables.value, name), 'default') ?? '',
    )
    const server = url === undefined ? undefined : serverAt(url)
    return server === undefined ? [] : [server]
  })
}

function serverAt(url: string): Server | undefined {
  try {
    const relative = !/^[a-z][a-z\d+.-]*:/i.test(url)
    const { origin, pathname, username, password } = new URL(url, 'http://relative.invalid/')
    if (parseHttpUrl(origin) === undefined) return undefined
    return {
      origin: relative && !url.startsWith('//') ? undefined : origin,
      path: pathname.replace(/\/+$/, ''),
      user: username !== '' || password !== '',
    }
  } catch {
    return undefined
  }
}

/** What a person has to know of the servers: which one is taken, which are not, and where hosts have to be named. */
export function serverNotes(servers: readonly Server[], others: readonly Server[]): Note[] {
  const [first, ...rest] = servers
  const shown = ({ origin = '', path }: Server): string => origin + path || '/'
  return [
    ...hostNotes(first?.origin),
    ...(first?.user === true
      ? [
          {
            text: 'the user and the password in the address of the server are not sent: give them by secrets',
          },
        ]
      : []),
    ...(first?.origin === undefined
      ? [{ text: 'the document names no server: give the target by --base-url' }]
      : []),
    ...(rest.length === 0 ? [] : [{ text: `other servers: ${rest.map(shown).join(', ')}` }]),
    ...others.map((server) => ({
      text: `${shown(server)} is asked as well: its host has to be in the hosts of an environment`,
    })),
  ]
}

function hostNotes(origin: string | undefined): Note[] {
  if (origin === undefined) return []
  const { host, hostname } = new URL(origin)
  return isLoopback(hostname)
    ? []
    : [{ text: `${host} has to be in the hosts of an environment: loadwright.config.ts` }]
}
