import type { Plan } from './plan.ts'

/** Where a run writes and what listens to it. */
export interface Surroundings {
  id: string
  /** The run's folder. */
  folder: string
  bundle: string
  /** Further variables for the script, `KEY=VALUE`. */
  env?: readonly string[]
  /** Further arguments for k6, as they are. */
  more?: readonly string[]
}

/** The arguments of `k6 run` for a plan: every setting that was given, the console and the figures into the folder. */
export function k6Arguments(
  { variables }: Plan,
  { id, folder, bundle, env = [], more = [] }: Surroundings,
): string[] {
  const told = { ...variables, RUN_ID: id, SUMMARY: 'none' }
  return [
    'run',
    ...Object.entries(told).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    ...env.flatMap((pair) => ['-e', pair]),
    '--tag',
    `testid=${id}`,
    '--console-output',
    `${folder}/console.log`,
    '--summary-export',
    `${folder}/k6-summary.json`,
    '--out',
    'experimental-prometheus-rw',
    ...more,
    bundle,
  ]
}

/** Whether arguments make k6 replace the suite's scenarios by one `default`, which has no phases. */
export function replacesScenarios(args: readonly string[]): boolean {
  return args.some((word) => /^(-[iuds]|--(iterations|vus|duration|stage))(=|$)/.test(word))
}

/** The variables that make k6 push native histograms to the recorder every second. */
export function recorderEnvironment(url: string): Record<string, string> {
  return {
    K6_PROMETHEUS_RW_SERVER_URL: url,
    K6_PROMETHEUS_RW_PUSH_INTERVAL: '1s',
    K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
    K6_FEATURES: 'native-histograms',
  }
}

/** What a record is read from, whatever the shell says to k6: the console's lines, the end-of-test figures. */
export const READABLE = { K6_LOG_FORMAT: 'text', K6_SUMMARY_MODE: 'compact' } as const

const SECRET = /^([^=]*(?:token|secret|passw|credential|authorization|cookie|private|api_?key)[^=]*)=.+/is

/** Arguments as a person or a record may see them: without the value of a variable whose name is a secret's. */
export function withoutSecrets(args: readonly string[]): string[] {
  return args.map((word, index) =>
    ['-e', '--env'].includes(args[index - 1] ?? '') ? word.replace(SECRET, '$1=***') : word,
  )
}

/** A command as a shell takes it. */
export function shellText(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ')
}
