import { quote, type Problem } from '../../config/problem/problem.ts'
import { MAYBE_SECRET_NAME, USER_IN_URL } from '../../config/secrets.ts'
import { isSetting, variableName, variableValue } from './variables.ts'

const FIX =
  "Keep it as a secret of Grafana Cloud, and read it where the script runs: import secrets from 'k6/secrets'; await secrets.get('name')."

/** The pairs `KEY=VALUE` that would carry a secret into the archive; `token` is the cloud's own. */
export function secretPairs(pairs: readonly string[], token = ''): string[] {
  return pairs.filter((pair) => {
    const value = variableValue(pair)
    const isOurs = token !== '' && value.includes(token)
    return (
      isOurs || USER_IN_URL.test(value) || (!isSetting(pair) && MAYBE_SECRET_NAME.test(variableName(pair)))
    )
  })
}

/** The problems of pairs that would carry a secret, by their name: no value is repeated. `where` is their flag. */
export function secretProblems(pairs: readonly string[], where: string, token?: string): Problem[] {
  return secretPairs(pairs, token).map((pair) => ({
    where,
    got: `${quote(variableName(pair))}, which looks like a secret`,
    allowed: 'what everybody may read: k6 keeps variables in the archive as they are',
    fix: `${FIX} If it is none, give it another name.`,
  }))
}
