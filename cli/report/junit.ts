import { number, share } from '../base/index.ts'
import type { CheckResult } from '../k6/index.ts'
import { loadedBy, textsOf, versionsOf, type ExceptionCluster } from '../record/index.ts'
import { secondsOf, UNFINISHED_TEXT, type ReportData } from './data.ts'
import { blameOf, oftenOf, thrownAt } from './exceptions.ts'
import { readLimit, type Limit } from './limits.ts'
import { junitXml, type Case, type Suite } from './junitXml.ts'

/**
 * A run as JUnit's XML: a suite per journey with a case per threshold of it and per check in its steps; what belongs to no
 * journey, and whether the run is valid, in a suite that is named after the run's. Red exactly when the verdict is not `pass`.
 */
export function junitReport(data: ReportData): string {
  const { record } = data
  return junitXml({
    name: record.suite,
    seconds: secondsOf(record) ?? 0,
    startedAt: record.startedAt,
    properties: properties(record),
    suites: suitesOf(data),
  })
}

function suitesOf({ record }: ReportData): Suite[] {
  const own = record.script ?? record.suite
  const cases: (Case & { suite: string })[] = [
    ...record.thresholds.map(readLimit).map((limit) => thresholdCase(limit, own)),
    ...record.checks.map((check) => checkCase(check, record, own)),
    ...(record.exceptions ?? []).map((exception) => exceptionCase(exception, record, own)),
  ]
  const failed = cases.some(({ outcome }) => outcome !== undefined && outcome.kind !== 'skipped')
  const journeys = record.journeys.map(({ name }) => name)
  const names = [...new Set([...journeys, ...cases.map(({ suite }) => suite)])].filter((name) => name !== own)
  const of = (name: string): Case[] => cases.filter(({ suite }) => suite === name)
  return [
    { name: own, cases: [...runCases(record, own, failed), ...of(own)] },
    ...names.map((name) => ({ name, cases: of(name) })).filter(({ cases }) => cases.length > 0),
  ]
}

/** Whether the run may be believed; and, where nothing else says so, that it failed. */
function runCases(record: ReportData['record'], classname: string, failed: boolean): Case[] {
  const { state, verdict, reasons } = record
  const seconds = secondsOf(record) ?? 0
  const message = state === 'running' ? UNFINISHED_TEXT : (reasons[0]?.text ?? verdict)
  const text = textsOf(reasons).join('\n')
  const valid: Case = { classname, name: 'run is valid', seconds }
  if (state === 'ended' && verdict === 'pass') return [valid]
  if (state === 'running' || verdict !== 'fail')
    return [
      {
        ...valid,
        outcome: { kind: 'error', message, text, type: state === 'running' ? 'invalid' : verdict },
      },
    ]
  if (failed) return [valid]
  return [valid, { classname, name: 'run passes', outcome: { kind: 'failure', message, text } }]
}

function thresholdCase(
  { metric, tags, where, threshold, result, aggregation, limit, value, margin, owner }: Limit,
  own: string,
) {
  const { journey, step } = tags
  const suite = journey ?? own
  const figures = `${aggregation} ${value ?? '–'}, limit ${limit}${margin === undefined ? '' : `, ${margin}`}${owner === undefined ? '' : ` [${owner}]`}`
  const name = `${metric}${where === '' ? '' : ` {${where}}`}: ${threshold}`
  const outcome: Case['outcome'] =
    result === 'fail'
      ? { kind: 'failure', message: figures, text: `${name}\n${figures}` }
      : result === 'no samples'
        ? { kind: 'skipped', message: 'no samples: nothing was measured' }
        : undefined
  const told = result === 'pass' ? { note: figures } : {}
  return {
    suite,
    classname: step === undefined ? suite : `${suite}.${step}`,
    name,
    ...told,
    ...(outcome ? { outcome } : {}),
  }
}

/** A check is red where the verdict is `fail`; in a run that passed, thresholds allow what failed of it. */
function checkCase(
  { name, group, passes, fails }: CheckResult,
  { journeys, verdict, state }: ReportData['record'],
  own: string,
) {
  const step = group.split(' › ').at(-1) ?? ''
  const at = journeys.filter(({ steps }) => steps.some((one) => one.name === step))
  const suite = at.length === 1 ? (at[0]?.name ?? own) : own
  const base = { suite, classname: group === '' ? suite : `${suite}.${group}`, name: `check: ${name}` }
  if (fails === 0) return base
  const message = `${number(fails)} of ${number(passes + fails)} did not hold (${share(fails / (passes + fails))})`
  return verdict === 'fail' && state === 'ended'
    ? { ...base, outcome: { kind: 'failure' as const, message } }
    : { ...base, note: `${message}; no threshold was crossed by it` }
}

/** An exception is red where the run did not pass. */
function exceptionCase(exception: ExceptionCluster, { verdict }: ReportData['record'], own: string) {
  const { journey, step, message, bug } = exception
  const suite = journey ?? own
  const where = [thrownAt(exception), blameOf(exception)].filter(Boolean).join(': ')
  const text = `${message}\n${where}\n${oftenOf(exception)} times`
  const kind = bug ? ('error' as const) : ('failure' as const)
  return {
    suite,
    classname: step === undefined ? suite : `${suite}.${step}`,
    name: `exception: ${message}`,
    ...(verdict === 'pass' ? { note: text } : { outcome: { kind, message, type: 'exception', text } }),
  }
}

function properties(record: ReportData['record']): [string, string][] {
  const { id, environment, profile, metadata, instances, verdict, cloud } = record
  const known = {
    'run.id': id,
    verdict,
    environment,
    profile,
    target: loadedBy(record),
    'k6.version': versionsOf(instances),
    commit: metadata?.commit,
    branch: metadata?.branch,
    dirty: metadata?.dirty,
    version: metadata?.version,
    user: metadata?.user,
    ci: metadata?.ci,
    loadwright: metadata?.loadwright,
    cloud: cloud?.link,
  }
  return Object.entries(known).flatMap(([key, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  )
}
