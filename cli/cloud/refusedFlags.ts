import type { Problem } from '../../config/problem/problem.ts'
import { flagsOf } from '../k6/index.ts'

/** Flags of k6's that `cloud run` gives itself or cannot do with, and what to write instead. */
const OURS: Readonly<Record<string, string>> = {
  'local-execution': 'Write --local-execution before the --.',
  'include-system-env-vars':
    'Leave it out, and give by -e what the script needs: the archive keeps every one.',
  'exit-on-running': 'Leave it out: a verdict needs the end of the run.',
  config: 'Leave it out: load zones and note are given in loadwright.config.ts, under cloud.',
  quiet: 'Leave it out: the link to the run and its end are read from what k6 prints.',
  linger: 'Leave it out: the run would have no end.',
  paused: 'Leave it out: nothing would start the run.',
  'log-output': 'Leave it out: what went wrong is read from the log.',
}

/** What is wrong with arguments for k6 after `--`, beside what is wrong with them in any run. */
export function flagProblems(more: readonly string[]): Problem[] {
  return flagsOf(more).flatMap(({ name }): Problem[] => {
    const fix = Object.hasOwn(OURS, name) ? OURS[name] : undefined
    const allowed = 'flags that loadwright does not give itself'
    return fix === undefined ? [] : [{ where: 'after --', got: `--${name}`, allowed, fix }]
  })
}
