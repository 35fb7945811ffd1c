import { shellText, withoutSecrets } from '../project/index.ts'
import type { RunRecord } from '../record/index.ts'

/** Settings that a run gives to k6 for itself. */
const OWN = ['RUN_ID', 'SUMMARY', 'SPANS']

/** What is not done again by hand: a webhook is a secret, and its readers know; an id is that of one run. */
const ONCE = ['notify', 'run-id']

/**
 * The command that a person gave, once more: without some of its flags (by their long names), and with others. What may
 * be a secret is not repeated.
 */
export function again(
  given: readonly string[],
  without: readonly string[] = [],
  more: readonly string[] = [],
  command = 'run',
): string {
  const end = given.indexOf('--')
  const flags = end < 0 ? given : given.slice(0, end)
  // The dashes themselves would end the reading of flags.
  const rest = end < 0 ? [] : ['--', ...withoutSecrets(given.slice(end + 1))]
  const kept = flags.filter((word, index) => {
    const before = flags[index - 1] ?? ''
    return ![...without, ...ONCE].some(
      (name) => word === `--${name}` || word.startsWith(`--${name}=`) || before === `--${name}`,
    )
  })
  const shown = [...withoutSecrets(kept), ...more, ...rest]
  return shellText([
    ...['npx', 'loadwright', command],
    ...shown.map((word) => word.replace(/(:\/\/)[^/?#\s]*@/, '$1***@')),
  ])
}

/** Arguments of a run whose command line is unknown: suite, environment and target. */
export function givenIn({ script, suite, environment, target, embedded }: RunRecord, none: string): string[] {
  const named = environment === none ? [] : ['--environment', environment]
  return [script ?? suite, ...(embedded || target === '' ? [] : [...named, '--base-url', target])]
}

/** The variables with which k6 was told to run a suite, for running it by hand: the embedded shop has gone from its port. */
export function toldIn({ variables, environment, target, embedded }: RunRecord): string[] {
  const isNeeded = (pair: string): boolean => {
    const name = pair.replace(/=.*/s, '')
    return !OWN.includes(name) && !(embedded && name === 'BASE_URL')
  }
  const known = variables.filter(isNeeded)
  const told = known.length > 0 || embedded ? known : [`ENVIRONMENT=${environment}`, `BASE_URL=${target}`]
  return told.flatMap((pair) => ['-e', pair])
}
