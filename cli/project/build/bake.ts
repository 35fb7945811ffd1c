import type { Config } from '../../../config/config.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { refuse } from '../../base/index.ts'
import { secretPairs } from '../secrets.ts'
import { variableName, resolveSettings } from '../variables.ts'

/**
 * The settings that a build locks, from `KEY=VALUE` as written: what an environment says to such a bundle changes none
 * of them. Throws one UserError with every problem; a secret is refused by its name, and its value is not repeated.
 */
export function bakedFrom(set: readonly string[], config: Config): Record<string, string> {
  const secrets = secretPairs(set)
  const { variables, problems } = resolveSettings(
    { flags: {}, set: set.filter((pair) => !secrets.includes(pair)) },
    {},
    config,
  )
  refuse([...secrets.map(secretProblem), ...(set.length > 0 ? problems : [])])
  return variables
}

const secretProblem = (pair: string): Problem => ({
  where: '--set',
  got: quote(variableName(pair)),
  allowed: 'settings; a secret is never baked, since everyone who sees the bundle could read it',
  fix: "Read it where the script runs: import secrets from 'k6/secrets'; await secrets.get('name').",
})
