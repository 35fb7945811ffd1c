/** How a k6 process of a check ended. */
export interface Exit {
  /** Its exit code; undefined where a signal ended it. */
  code: number | undefined
  /** Whether it was ended at the timeout. */
  killed: boolean
  /** Why it could not be started, if it could not. */
  failure?: string
  /** The beginning of what it printed as errors, which a crash leaves in no log. */
  printed?: string
}

/** From this exit code on the agent takes a failure for its own. */
const RUNNER_EXIT_CODES = 127

/** Whether the agent takes the end for a failure of its own: then it reads neither metrics nor log. */
export const isRunnersOwn = ({ code = 0, failure }: Exit): boolean =>
  failure !== undefined || code >= RUNNER_EXIT_CODES

/** The exit code of a Go program that panics. */
const PANIC_EXIT_CODE = 2

/** Whether k6 came to its end, and so to writing its metrics: it is no more when it is killed, or panics. */
export const isComplete = ({ code, killed }: Exit): boolean =>
  !killed && code !== undefined && code !== PANIC_EXIT_CODE

const WORDS: Readonly<Record<number, string>> = {
  0: 'k6 ended well',
  [PANIC_EXIT_CODE]: 'k6 itself crashed',
  97: 'k6’s cloud had an error',
  99: 'a threshold was crossed',
  100: 'setup took too long',
  101: 'teardown took too long',
  102: 'k6 ran into a timeout',
  103: 'the run was stopped through k6’s REST API',
  104: 'k6 refused the script’s options or exports',
  105: 'k6 was interrupted',
  106: 'k6’s REST API could not start',
  107: 'the script ended with an error, at init, in setup or in teardown',
  108: 'the script aborted the run',
  109: 'k6 itself crashed',
  110: 'the script failed the run',
}

/** How k6 ended, in words. */
export function exitWords({ code, killed, failure }: Exit): string {
  if (failure !== undefined) return `k6 could not be started: ${failure}`
  if (killed) return 'k6 was killed at the timeout'
  if (code === undefined) return 'k6 was ended by a signal'
  const words =
    WORDS[code] ?? (code >= RUNNER_EXIT_CODES ? 'the agent takes this for a failure of its own' : undefined)
  return `exit code ${code}${words === undefined ? '' : `, ${words}`}`
}
