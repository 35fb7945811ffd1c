/** k6's own variables that replace a suite's scenarios by one `default`. */
export const shapeVariables = ['K6_VUS', 'K6_ITERATIONS', 'K6_DURATION', 'K6_STAGES'] as const

/**
 * The environment for k6, and the names taken out because they would replace the suite's scenarios; extensions are never
 * fetched and usage is not reported. Proxy variables stay.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv): { env: NodeJS.ProcessEnv; removed: string[] } {
  const removed: string[] = shapeVariables.filter((name) => env[name] !== undefined)
  const kept = Object.entries(env).filter(([name]) => !removed.includes(name))
  return {
    env: { ...Object.fromEntries(kept), K6_AUTO_EXTENSION_RESOLUTION: 'false', K6_NO_USAGE_REPORT: 'true' },
    removed,
  }
}
