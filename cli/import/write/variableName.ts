import { isKeyword, plainWords } from '../../project/index.ts'

/** Names that the file uses for something else. */
const RESERVED =
  /^(?:page\d*|step|suite|check|ensure|think|secret|options|setup|teardown|handleSummary|workload|pageJourney|visible|hidden|containsText|hasText|hasValue|checked|opened|console|open|client|contains|has|journey|nextRow|query|settings|status|header|within|integer|oneOf|encoding|response|given|people|graphql|noErrors|socket|poll|inParts|sleep|http|api|Number|String|Date|Math|crypto|encodeURIComponent|utf8)$/

/** A name of the language for a name in words; `suffix` is what one gets that the file uses for something else. */
export function variableName(name: string, suffix = 'Journey'): string {
  const joined = plainWords(name)
    .map(
      (word, index) =>
        (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join('')
  const own = /^[A-Za-z]/.test(joined) ? joined : `recorded${joined}`
  return RESERVED.test(own) || isKeyword(own) ? `${own}${suffix}` : own
}
