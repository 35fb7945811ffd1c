/** Variables of k6's own that are taken out of its environment, and what they would do. */
const UNWANTED: Readonly<Record<string, readonly string[]>> = {
  'would replace the suite’s scenarios': ['K6_VUS', 'K6_ITERATIONS', 'K6_DURATION', 'K6_STAGES'],
  'would change the load without a word': ['K6_RPS', 'K6_MIN_ITERATION_DURATION', 'K6_INSTANCE_SCENARIOS'],
  'would take away what the verdict is made of': [
    'K6_NO_THRESHOLDS',
    'K6_THRESHOLDS',
    'K6_SUMMARY_TREND_STATS',
    'K6_SYSTEM_TAGS',
    'K6_NEW_MACHINE_READABLE_SUMMARY',
    'K6_CONSOLE_OUTPUT',
    'K6_NO_SETUP',
    'K6_DISCARD_RESPONSE_BODIES',
    'K6_THROW',
    'K6_EXIT_ON_RUNNING',
  ],
  'would keep k6 from starting, or from ending': ['K6_PAUSED', 'K6_LINGER'],
  'would bring in options from elsewhere': ['K6_CONFIG', 'K6_TYPE'],
  'would write what may be a secret into the log': ['K6_HTTP_DEBUG'],
  'would hide the settings from the suite': ['K6_INCLUDE_SYSTEM_ENV_VARS'],
}

/** What holds for a run whatever a script's options or k6's configuration file say. */
export const RUNNING = { K6_PAUSED: 'false', K6_LINGER: 'false' } as const

/** An environment for k6, with what was taken out of it. */
export interface CleanEnvironment {
  env: NodeJS.ProcessEnv
  /** A sentence for each reason to take something out. */
  notes: string[]
}

/** Whether a switch says what it would say if it were not there. */
const isOff = (name: string, value: string | undefined): boolean => name in RUNNING && value === 'false'

/**
 * The environment for k6, without what would replace the suite's scenarios or leave the verdict without its figures;
 * extensions are never fetched and usage is not reported. Proxy variables stay.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv): CleanEnvironment {
  const reasons = Object.entries(UNWANTED).map(([why, names]) => ({
    why,
    names: names.filter((name) => env[name] !== undefined && !isOff(name, env[name])),
  }))
  const removed = reasons.flatMap(({ names }) => names)
  const kept = Object.entries(env).filter(([name]) => !removed.includes(name))
  return {
    env: { ...Object.fromEntries(kept), K6_AUTO_EXTENSION_RESOLUTION: 'false', K6_NO_USAGE_REPORT: 'true' },
    notes: reasons
      .filter(({ names }) => names.length > 0)
      .map(({ why, names }) => `left out of k6's environment, because they ${why}: ${names.join(', ')}`),
  }
}
