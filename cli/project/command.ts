import { LOG_FILE, ofInstance, SUMMARY_FILE } from '../base/index.ts'
import { relative } from 'node:path'
import { expressionOf, TREND_STATS } from '../../config/thresholds/thresholds.ts'
import { aggregationOf, withValues } from '../k6/index.ts'
import { PUSH_INTERVAL_MS, type SuiteOptions } from '../record/index.ts'
import type { Plan } from './plan.ts'
import { isSetting, variableName } from './variables.ts'

/** Where a run writes and what listens to it. */
export interface Surroundings {
  id: string
  /** The run's folder. */
  folder: string
  bundle: string
  /** Whether k6 pushes its series to the recorder. */
  record?: 'on' | 'off'
  /** Whether spans are written to the console. */
  spans?: boolean
  /** The k6 among several that is told. */
  part?: InstancePart
  /** Further variables for the script, `KEY=VALUE`. */
  env?: readonly string[]
  /** Further arguments for k6, as they are. */
  more?: readonly string[]
}

/** One k6 of several that run a test together. */
export interface InstancePart {
  /** The value of the tag `instance_id` of its series, from `1`. */
  id: string
  /** The part of the load that is its own, and all parts, as k6 writes them: `1/3:2/3`, `0,1/3,2/3,1`. */
  segment: string
  sequence: string
  /** Where its REST API listens on loopback. */
  port: number
}

/** The arguments of `k6 run` for a plan: every setting that was given, the log and the figures into the folder. */
export function k6Arguments(
  { variables, script, manifest }: Plan,
  { id, folder, bundle, record = 'on', spans = false, part, env = [], more = [] }: Surroundings,
): string[] {
  const told = { ...variables, RUN_ID: id, SUMMARY: 'none', ...(spans ? { SPANS: 'console' } : {}) }
  return [
    'run',
    ...Object.entries(told).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    ...env.flatMap((pair) => ['-e', pair]),
    '--tag',
    `testid=${id}`,
    '--log-output',
    // k6 divides this at commas, and reads a path from the working directory.
    `file=${relative(process.cwd(), folder) || '.'}/${ofInstance(LOG_FILE, part?.id)}`,
    '--summary-export',
    `${folder}/${ofInstance(SUMMARY_FILE, part?.id)}`,
    ...(record === 'off' ? [] : ['--out', 'experimental-prometheus-rw']),
    ...statisticsOf(manifest.options, { isScript: script !== undefined, isPart: part !== undefined }),
    ...(part === undefined ? [] : partArguments(part)),
    ...more,
    bundle,
  ]
}

/** The part of a load that is a k6's own. */
export const segmentArguments = ({
  segment,
  sequence,
}: Pick<InstancePart, 'segment' | 'sequence'>): string[] => [
  ...['--execution-segment', segment, '--execution-segment-sequence', sequence],
]

/**
 * What makes k6 one of several: it waits until it is released through its REST API, and judges nothing, since it sees its
 * own part alone. Its figures have the sub-metrics of thresholds all the same. `setup` and `teardown` are run once for all,
 * through the API of the first, which stays until then.
 */
const partArguments = ({ id, port, ...part }: InstancePart): string[] => [
  ...segmentArguments(part),
  ...['--tag', `instance_id=${id}`],
  ...['--paused', '--address', `127.0.0.1:${port}`, '--no-thresholds', '--no-setup', '--no-teardown'],
  ...(id === '1' ? ['--linger'] : []),
]

/**
 * The statistics of trends that k6 is to give: those that a suite's own options ask for, the quantiles that thresholds
 * name, so that each has its value, of a script the count that tells a value from no samples, and of one k6 among several
 * all that is needed to add them up.
 */
export function statisticsOf(
  options: SuiteOptions,
  { isScript, isPart }: { isScript: boolean; isPart: boolean },
): string[] {
  const { summaryTrendStats: own } = options as { summaryTrendStats?: readonly string[] | null }
  const asked = isScript ? TREND_STATS : (own ?? TREND_STATS)
  const known = isPart ? [...asked, ...TREND_STATS] : asked
  const quantiles = Object.values(options.thresholds)
    .flat()
    .map((one) => aggregationOf(expressionOf(one)))
    .filter((name) => name.startsWith('p(') && !known.includes(name))
  if (!isScript && !isPart && quantiles.length === 0) return []
  return ['--summary-trend-stats', [...new Set([...known, ...quantiles])].join(',')]
}

/** The header in which an instance says the hash of its bundle, if it does. */
export const BUNDLE_HEADER = 'X-Loadwright-Bundle'

/** The variables that make k6 push native histograms to the recorder; `sha256` is the hash of its bundle, where the recorder asks for it. */
export function recorderEnvironment(url: string, sha256?: string): Record<string, string> {
  return {
    K6_PROMETHEUS_RW_SERVER_URL: url,
    ...(sha256 === undefined ? {} : { K6_PROMETHEUS_RW_HTTP_HEADERS: `${BUNDLE_HEADER}:${sha256}` }),
    K6_PROMETHEUS_RW_PUSH_INTERVAL: `${PUSH_INTERVAL_MS}ms`,
    K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
    K6_FEATURES: 'native-histograms',
  }
}

/** What a record is read from, whatever the shell says to k6: the log's lines, the end-of-test figures. */
export const READABLE = { K6_LOG_FORMAT: 'text', K6_SUMMARY_MODE: 'compact' } as const

/** Arguments as a person or a record may see them: of what may be a secret, only settings are shown. */
export function withoutSecrets(args: readonly string[]): string[] {
  return withValues(args, (name, value) => {
    if (name === 'env') return isSetting(value) ? undefined : `${variableName(value)}=***`
    if (name === 'secret-source') return '***'
    // An output's address may hold a password or a token.
    return !value.startsWith('file=') && ['out', 'log-output', 'traces-output'].includes(name)
      ? value.replace(/=.*/s, '=***')
      : undefined
  })
}

/** A command as a shell takes it. */
export function shellText(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ')
}
