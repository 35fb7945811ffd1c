import type { Problem } from '../../../config/problem/problem.ts'
import { MAYBE_SECRET_NAME, secretIn } from '../../../config/secrets.ts'
import { flagsOf } from '../../k6/index.ts'

/** Flags whose value may have a secret under a name: `loki=…,header.Authorization=…`. */
const OUTPUTS = ['out', 'log-output', 'traces-output']

const ALLOWED = 'what everybody may read who reads the manifest'

/** Arguments for k6 that would write a secret into a manifest; no value is repeated. */
export const secretArguments = (more: readonly string[]): Problem[] =>
  flagsOf(more).flatMap(({ name, value = '' }) => {
    const where = `--${name}`
    if (name === 'secret-source')
      return [
        {
          where,
          got: 'a source of secrets',
          allowed: 'none: pods have neither its files nor its values',
          fix: 'Put each into a Secret of the cluster, name that by --secret NAME=SECRET/KEY, and read __ENV.NAME.',
        },
      ]
    const named = OUTPUTS.includes(name) ? [...value.matchAll(/([\w.-]+)=/g)] : []
    const found =
      secretIn(value) ??
      (named.some(([, key = '']) => MAYBE_SECRET_NAME.test(key)) ? 'what looks like a secret' : undefined)
    const fix =
      'k6 takes it from variables, too: --secret K6_INFLUXDB_PASSWORD=SECRET/KEY, and leave it out of the address.'
    return found === undefined ? [] : [{ where, got: found, allowed: ALLOWED, fix }]
  })
