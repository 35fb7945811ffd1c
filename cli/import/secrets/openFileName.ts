import { secretIn } from '../../../config/secrets.ts'
import { isPersonal } from './isHidden.ts'
import { isRandom } from './madeByMachine.ts'

/** The name of a file; another one where it has a token or somebody's address in it. */
export function openFileName(name: string): string {
  const [extension = ''] = /\.\w{1,5}$/.exec(name) ?? []
  const words = name.slice(0, name.length - extension.length).split(/[\s()]+/)
  const isOpen =
    words.every((word) => secretIn(word) === undefined && !isRandom(word) && !isPersonal(word)) &&
    (!isPersonal(name) || /@\dx\./.test(name))
  return isOpen ? name : `file${extension}`
}
