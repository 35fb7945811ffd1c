import { firstFree } from '../../source/firstFree.ts'
import { isKeyword } from '../../source/isKeyword.ts'
import { plainWords } from '../../source/plainWords.ts'

/** Names that the source uses for something else. */
const RESERVED =
  /^(?:api|check|client|contains|graphql|header|journey|mix|noErrors|operations|query|settings|status|step|suite|test|think|secrets|answer|weighted|within|workload|response|options|setup|teardown|handleSummary|open|console)$/

/** A name of the language for a name in words, which none of `taken` is; `kind` follows a word that has another meaning. */
export function identifier(name: string, taken: ReadonlySet<string>, kind = 'Journey'): string {
  const joined = plainWords(name)
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  const plain = /^[A-Za-z]/.test(joined) ? joined : `request${joined}`
  const own = RESERVED.test(plain) || isKeyword(plain) ? plain + kind : plain
  return firstFree(own, (name) => taken.has(name))
}
