import { percentDecoded } from '../../percent.ts'
import { posix } from 'node:path'

/** Where a reference leads to: a file by its path from the folder of the first, and the keys in it. */
export interface Pointer {
  file?: string
  path: readonly string[]
  /** Why it cannot be followed, and what to do instead. */
  why?: string
  fix?: string
}

/** What a reference of a file says. */
export function pointerOf(reference: string, from: string): Pointer {
  const [name = '', fragment = ''] = reference.split('#', 2)
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(name))
    return {
      path: [],
      why: 'an address',
      fix: 'Download it into the folder of the document, and name the file.',
    }
  if (fragment !== '' && !fragment.startsWith('/')) return { path: [], why: 'the name of an anchor' }
  const file = name === '' ? from : posix.normalize(posix.join(posix.dirname(from), percentDecoded(name)))
  if (file.startsWith('../') || posix.isAbsolute(name) || name.includes('\\'))
    return { path: [], why: 'a file outside of the folder of the document', fix: 'Put it into that folder.' }
  const keys = fragment.split('/').slice(1)
  return { file, path: keys.map((key) => percentDecoded(key).replaceAll('~1', '/').replaceAll('~0', '~')) }
}
