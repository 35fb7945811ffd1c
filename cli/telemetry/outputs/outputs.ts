import { unknownWord } from '../../../config/problem/nearest.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import { refuse, envValue } from '../../base/index.ts'
import { flagsOf, withoutFlag } from '../../k6/index.ts'
import { dashboardProblems } from './dashboard.ts'
import { outputFile, fileProblems } from './file.ts'
import { influxProblems } from './influxdb.ts'
import { otelProblems } from './opentelemetry.ts'
import type { Output } from './output.ts'

/** k6's own outputs that a run may have beside its recorder (`internal/cmd/outputs.go`). */
const NAMES = ['cloud', 'csv', 'influxdb', 'json', 'opentelemetry', 'web-dashboard']

/** What k6 has under another name. */
const RENAMED: Readonly<Record<string, string>> = { 'experimental-opentelemetry': 'opentelemetry' }

const REMOTE_WRITE = ['experimental-prometheus-rw', 'prometheus-rw', 'prometheus']

/** What k6 has no more, and the name of the extension that took its place. */
const GONE: Readonly<Record<string, string>> = {
  kafka: 'xk6-output-kafka (--out xk6-kafka=…)',
  statsd: 'xk6-output-statsd (--out output-statsd)',
  datadog: 'xk6-output-statsd (--out output-statsd, with K6_STATSD_ENABLE_TAGS=true)',
}

/** Where `K6_OUT` says outputs, which counts where no flag does, as in k6. */
const VARIABLE = 'K6_OUT'

/**
 * The outputs that are asked for: by `--out`, by k6's arguments after `--`, by K6_WEB_DASHBOARD, and, where there is no
 * flag, by K6_OUT. Throws UserError with every problem; none repeats a password.
 */
export function outputsOf(
  given: readonly string[],
  more: readonly string[],
  env: NodeJS.ProcessEnv,
): Output[] {
  const after = flagsOf(more).flatMap(({ name, value = '' }) => (name === 'out' ? [value] : []))
  const flags = [...asOutputs(given, '--out'), ...asOutputs(after, '--out after --')]
  const variable = envValue(env, VARIABLE)?.split(',') ?? []
  // The recorder is that output, and K6_PROMETHEUS_RW_SERVER_URL already says where its series go.
  const quiet = asOutputs(variable, VARIABLE).filter(({ name }) => !REMOTE_WRITE.includes(name))
  const dashboard =
    envValue(env, 'K6_WEB_DASHBOARD') === 'true' ? asOutputs(['web-dashboard'], 'K6_WEB_DASHBOARD') : []
  const outputs = once([...(flags.length > 0 ? flags : quiet), ...dashboard])
  refuse([
    ...outputs.flatMap((output) => problemsOf(output, env)),
    ...sameFile(outputs, env),
    ...usersOf(outputs),
  ])
  return outputs
}

/** k6's arguments without its outputs, which are tried and given again by `readyOutputs`. */
export const withoutOutputs = (more: readonly string[]): string[] => withoutFlag(more, 'out')

function asOutputs(texts: readonly string[], where: string): Output[] {
  return texts.map((text) => {
    const [, written = '', argument = ''] = /^([^=]*)=?(.*)$/s.exec(text.trim()) ?? []
    const renamed = Object.hasOwn(RENAMED, written) ? RENAMED[written] : undefined
    return { name: renamed ?? written, argument, where }
  })
}

/** Each once; of k6's dashboards the first: two would want one port. */
function once(outputs: readonly Output[]): Output[] {
  const key = ({ name, argument }: Output): string =>
    name === 'web-dashboard' ? name : `${name}=${argument}`
  const keys = outputs.map(key)
  return outputs.filter((_, at) => keys.indexOf(keys[at] ?? '') === at)
}

function problemsOf(output: Output, env: NodeJS.ProcessEnv): Problem[] {
  const { name, where } = output
  switch (name) {
    case 'influxdb':
      return influxProblems(output, env)
    case 'opentelemetry':
      return otelProblems(output, env)
    case 'json':
    case 'csv':
      return fileProblems(output, env)
    case 'web-dashboard':
      return dashboardProblems(output, env)
    case 'cloud':
      return []
  }
  const allowed = NAMES.join(', ')
  if (REMOTE_WRITE.includes(name))
    return [
      {
        where,
        got: name,
        allowed,
        fix: 'Use --remote-write URL: a run’s own recorder is this output, and sends it on.',
      },
    ]
  const extension = Object.hasOwn(GONE, name) ? GONE[name] : undefined
  if (extension !== undefined)
    return [
      {
        where,
        got: `${name}, which k6 has no more`,
        allowed,
        fix: `Build k6 with ${extension}, and name it in K6_BIN.`,
      },
    ]
  // Somebody's own k6 may have been built with it.
  if (name !== '' && envValue(env, 'K6_BIN') !== undefined) return []
  const problem = unknownWord(where, name, NAMES)
  return [
    { ...problem, fix: problem.fix ?? 'An extension’s output needs a k6 that has it: name it in K6_BIN.' },
  ]
}

/** A user in the URL goes into k6's variables, out of sight of other processes; k6 has one pair of them. */
function usersOf(outputs: readonly Output[]): Problem[] {
  const all = outputs.filter(({ name }) => name === 'influxdb')
  if (all.length < 2) return []
  return all
    .filter(({ argument }) => argument.includes('@'))
    .map(({ where }) => ({
      where: `${where} influxdb`,
      got: 'a user in one of several URLs',
      allowed: 'one influxdb with a user, or several without',
      fix: 'Leave it out: K6_INFLUXDB_USERNAME and K6_INFLUXDB_PASSWORD are for all of them.',
    }))
}

function sameFile(outputs: readonly Output[], env: NodeJS.ProcessEnv): Problem[] {
  const files = outputs.filter(({ name }) => name === 'json' || name === 'csv')
  return files.flatMap((output, at): Problem[] => {
    const file = outputFile(output, env)
    const taken = files.slice(0, at).some((other) => outputFile(other, env) === file)
    return taken ? [{ where: output.where, got: `${file} twice`, allowed: 'a file for each output' }] : []
  })
}
