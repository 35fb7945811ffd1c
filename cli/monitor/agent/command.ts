import { BLOCKED_ADDRESSES, BLOCKED_NAMES, type MonitorKind } from '../../project/index.ts'

/** The files of one execution: the script, k6's log, k6's samples, and the secrets if there are some. */
export interface Files {
  script: string
  log: string
  samples: string
  secrets?: string
}

/**
 * The arguments that the monitoring agent gives to k6 for a check of a kind, in its order: a browser script runs as its
 * scenarios say. In place of the agent's own
 * output, which plain k6 has not, every sample is written as JSON. They win over the script's options.
 */
export function agentArguments({ script, log, samples, secrets }: Files, kind: MonitorKind): string[] {
  return [
    'run',
    ...['--out', `json=${samples}`],
    ...['--log-format', 'logfmt'],
    ...['--log-output', `file=${log}`],
    ...['--max-redirects', '10'],
    ...['--batch', '10'],
    ...['--batch-per-host', '4'],
    '--no-connection-reuse',
    ...['--blacklist-ip', BLOCKED_ADDRESSES],
    ...['--block-hostnames', BLOCKED_NAMES],
    ...['--summary-time-unit', 's'],
    ...['--dns', 'ttl=30s,select=random,policy=preferIPv4'],
    ...['--address', ''],
    '--no-thresholds',
    '--no-usage-report',
    '--no-color',
    ...['--summary-mode', 'disabled'],
    '--verbose',
    '--throw',
    ...(secrets === undefined ? [] : ['--secret-source', `file=${secrets}`]),
    ...(kind === 'browser' ? ['-e', 'K6_CLOUD_PUSH_REF_ID=sm:test'] : ['--vus', '1', '--iterations', '1']),
    script,
  ]
}

/**
 * The environment of k6 in a check: the agent's two variables, and nothing that a script could lean on. A private agent
 * leaks its own environment, on which no script may rely. `browser` says where the browser is, which the agent's image has.
 */
export function agentEnvironment(
  path: string | undefined,
  home: string,
  browser: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    ...browser,
    ...(path === undefined ? {} : { PATH: path }),
    HOME: home,
    K6_BROWSER_LOG: 'info',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
  }
}
