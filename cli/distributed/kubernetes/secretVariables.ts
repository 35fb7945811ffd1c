import { quote, type Problem } from '../../../config/problem/problem.ts'

/** A variable of the script whose value a Secret of the cluster has. */
export interface SecretVariable {
  readonly variable: string
  readonly secret: string
  readonly key: string
}

const FORM = /^([A-Za-z_]\w*)=([a-z\d](?:[-a-z\d.]*[a-z\d])?)\/([-\w.]+)$/

/** Reads `--secret NAME=SECRET/KEY`, and tells which cannot be read. */
export function secretVariables(given: readonly string[]): {
  variables: SecretVariable[]
  problems: Problem[]
} {
  const variables: SecretVariable[] = []
  const problems: Problem[] = []
  for (const text of given) {
    const [, variable, secret, key] = FORM.exec(text) ?? []
    if (variable !== undefined && secret !== undefined && key !== undefined)
      variables.push({ variable, secret, key })
    // What cannot be read may be the secret itself.
    else
      problems.push({
        where: '--secret',
        got: `${quote(text.split('=', 1)[0] ?? '')}…`,
        allowed: 'NAME=SECRET/KEY: a variable, a Secret of the cluster, and a key in it',
      })
  }
  return { variables, problems }
}
