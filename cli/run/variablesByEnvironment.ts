import { flagPairs, withoutFlag } from '../k6/index.ts'
import { variableName, variableValue } from '../project/index.ts'

/** A name that k6 takes for a variable of a script. */
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/
/** Variables that mean something to k6 itself, to Go, or to a browser: given to a script, they must not. */
const OTHERS =
  /^(?:K6_|GO|SSL|LD_|DYLD_|XDG_|OTEL_|LC_)|_PROXY$|^(?:PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|TMP|TEMP|TMPDIR|TERM|LANG|TZ|NO_COLOR|DISPLAY)$/i

/** k6's arguments without the variables of the script, and these as an environment. */
export interface Apart {
  args: string[]
  env: Record<string, string>
}

/**
 * Takes `-e NAME=value` out of k6's arguments, which everybody on the machine can read, into its environment, which
 * reaches a script as `__ENV` just so. What k6 or Go would heed in an environment stays an argument.
 */
export function byEnvironment(args: readonly string[]): Apart {
  const pairs = flagPairs(args)
  const moves = (pair: string): boolean => {
    const name = variableName(pair)
    return NAME.test(name) && pair.includes('=') && !OTHERS.test(name)
  }
  return {
    args: [
      ...args.slice(0, 1),
      ...pairs.filter((pair) => !moves(pair)).flatMap((pair) => ['-e', pair]),
      ...withoutFlag(args.slice(1), 'env'),
    ],
    env: Object.fromEntries(pairs.filter(moves).map((pair) => [variableName(pair), variableValue(pair)])),
  }
}
