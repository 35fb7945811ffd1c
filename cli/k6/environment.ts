/** Variables of k6's own that are taken out of its environment, and what they would do. */
const UNWANTED: Readonly<Record<string, readonly string[]>> = {
  'would replace the suite’s scenarios': ['K6_VUS', 'K6_ITERATIONS', 'K6_DURATION', 'K6_STAGES'],
  'would take away what the verdict is made of': [
    ...['K6_NO_THRESHOLDS', 'K6_SUMMARY_TREND_STATS', 'K6_SYSTEM_TAGS', 'K6_NEW_MACHINE_READABLE_SUMMARY'],
  ],
}

/** An environment for k6, with what was taken out of it. */
export interface CleanEnvironment {
  env: NodeJS.ProcessEnv
  removed: string[]
  /** A sentence for each reason to take something out. */
  notes: string[]
}

/**
 * The environment for k6, without what would replace the suite's scenarios or leave the verdict without its figures;
 * extensions are never fetched and usage is not reported. Proxy variables stay.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv): CleanEnvironment {
  const reasons = Object.entries(UNWANTED).map(([why, names]) => ({
    why,
    names: names.filter((name) => env[name] !== undefined),
  }))
  const removed = reasons.flatMap(({ names }) => names)
  const kept = Object.entries(env).filter(([name]) => !removed.includes(name))
  return {
    env: { ...Object.fromEntries(kept), K6_AUTO_EXTENSION_RESOLUTION: 'false', K6_NO_USAGE_REPORT: 'true' },
    removed,
    notes: reasons
      .filter(({ names }) => names.length > 0)
      .map(({ why, names }) => `left out of k6's environment, because they ${why}: ${names.join(', ')}`),
  }
}
