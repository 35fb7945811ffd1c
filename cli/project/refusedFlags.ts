import { formatDuration, parseDuration } from '../../config/duration.ts'
import type { Environment } from '../../config/environments.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { flagsOf, type Flag } from '../k6/index.ts'
import { flagOf, isSetting, variableName, OWN } from './variables.ts'

/** Flags of k6's that only loadwright gives, since the record is read from what they decide; what to write instead. */
const OURS: Readonly<Record<string, string>> = {
  'console-output':
    'Use --results to set the folder of runs; each run’s folder has k6.log, with the console output.',
  'log-output': 'Remove it: k6 has one log, and the record is read from it. Each run’s folder has k6.log.',
  'summary-export': 'Use --results to set the folder of runs; each run’s folder has k6-summary.json.',
  'summary-mode': 'Remove it: the verdict and the report need the compact summary.',
  'summary-trend-stats': 'Remove it, or give summaryTrendStats in the suite’s options: they are added.',
  'new-machine-readable-summary': 'Remove it: the verdict and the report need the older format.',
  'system-tags': 'Remove it, or give systemTags in the suite’s options.',
  'no-thresholds': 'Remove it: without thresholds nothing is judged.',
  'no-summary': 'Remove it: the verdict and the report need the summary.',
  'log-format': 'Remove it: failures are read from the log.',
  linger: 'Remove it: loadwright judges the run when k6 has exited.',
  paused: 'Remove it: the run would never start.',
  config: 'Remove it: the suite, flags and settings define the run.',
  type: 'Remove it: loadwright detects whether a file is a suite or a script.',
  'no-setup': 'Remove it: setup checks that the target answers, and tries the rows of the data.',
  'include-system-env-vars': 'Remove it: loadwright passes the suite’s settings this way.',
  features: 'Remove it: the recorder needs the features that loadwright sets.',
}

/** What is wrong with arguments for k6 after `--`: what loadwright decides itself, and sizes over the environment's caps. */
export function furtherProblems(
  more: readonly string[],
  name: string,
  environment: Environment | undefined,
): Problem[] {
  const flags = flagsOf(more)
  return [...flags.flatMap(oursProblem), ...(environment ? sizeProblems(flags, name, environment) : [])]
}

function oursProblem({ name, value = '' }: Flag): Problem[] {
  const [where, got] = ['after --', `--${name}`]
  if (name === 'env' && isSetting(value)) {
    const setting = variableName(value)
    const fix = (OWN as string[]).includes(setting)
      ? 'Remove it.'
      : `Write --${flagOf(setting)} before the --.`
    return [{ where, got: `${got} ${setting}`, allowed: 'variables of the script’s own', fix }]
  }
  if (name === 'tag' && variableName(value) === 'testid')
    return [{ where, got: `${got} testid`, allowed: 'tags of your own', fix: 'Name the run with --run-id.' }]
  const fix = Object.hasOwn(OURS, name) ? OURS[name] : undefined
  return fix === undefined ? [] : [{ where, got, allowed: 'flags that loadwright does not give itself', fix }]
}

/** A size as it is read, and the most that it may be. */
interface Limit {
  read: (text: string) => number | undefined
  most: number
  write: (size: number) => string
  form: string
}

const wholeNumber = (text: string): number | undefined =>
  /^(0|[1-9]\d*)$/.test(text) ? Number(text) : undefined
const lasting = (texts: string): number | undefined => {
  const times = texts.split(' ').map((text) => parseDuration(text))
  return times.reduce(
    (total, time) => (time === undefined || total === undefined ? undefined : total + time),
    0,
  )
}

/** Sizes over a cap of the environment, and those that cannot be read, which might be any. */
function sizeProblems(flags: readonly Flag[], name: string, { caps }: Environment): Problem[] {
  const count = { read: wholeNumber, form: 'a whole number' }
  const vus: Limit = { ...count, most: caps.vus, write: (size) => `${size} VUs` }
  const iterations: Limit = { ...count, most: Infinity, write: String }
  const most = parseDuration(caps.duration) ?? 0
  const duration: Limit = {
    read: lasting,
    most,
    write: formatDuration,
    form: 'durations such as 30s or 1m30s',
  }
  const of = (flag: string): string[] =>
    flags.filter(({ name }) => name === flag).map(({ value = '' }) => value)
  const stages = of('stage').flatMap((value) => value.split(',').map((stage) => stage.split(':', 2)))
  const asked: [flag: string, limit: Limit, texts: string[]][] = [
    ['vus', vus, of('vus')],
    ['iterations', iterations, of('iterations')],
    ['duration', duration, of('duration')],
    ['stage', vus, stages.map(([, target = '']) => target.trim())],
    ['stage', duration, stages.length > 0 ? [stages.map(([time = '']) => time.trim()).join(' ')] : []],
  ]
  return asked.flatMap(([flag, { read, most, write, form }, texts]) =>
    texts.flatMap((text): Problem[] => {
      const [where, size] = [`--${flag} after --`, read(text)]
      if (size === undefined) return [{ where, got: quote(text), allowed: form }]
      const allowed = `at most ${write(most)}, the cap of ${name}`
      return size > most ? [{ where, got: write(size), allowed }] : []
    }),
  )
}
