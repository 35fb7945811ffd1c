/** What all variables of k6's remote write begin with. */
export const PREFIX = 'K6_PROMETHEUS_RW_'

/** An environment for k6 itself: it writes to the recorder, and what opens a server is not for scripts to see. */
export function withoutRemoteWrite(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith(PREFIX)))
}
