import { expect } from 'vitest'
import { sum } from '../../config/sum.ts'
import type { File } from '../../cli/grafana/index.ts'
import type { RunRecord } from '../../cli/record/runRecord.ts'
import type { Prometheus } from '../engine/prometheus.ts'
import { linesOf, type Line, type Shown } from './database.ts'
import { dashboardsOf } from './queries.ts'

/** The time of a run, and what follows it. */
export const shownOf = ({ startedAt, endedAt = '' }: RunRecord, given: Shown['given']): Shown => ({
  from: Date.parse(startedAt) / 1000 - 2,
  to: Date.parse(endedAt) / 1000 + 3,
  given,
})

type Given = Readonly<Record<string, string>>

/** The dashboards of one naming, and the Prometheus that they ask. */
export interface Asked {
  readonly files: readonly File[]
  readonly server: Prometheus
  readonly dialect: string
}

/** The lines of a panel of Run, with values of its variables. */
export async function panelOfRun(
  { files, server, dialect }: Asked,
  panel: string,
  record: RunRecord,
  given: Given = {},
): Promise<Line[]> {
  const run = dashboardsOf(files, dialect).find(({ name }) => name === 'run')
  if (!run) throw new Error(`${dialect} has no Run`)
  return linesOf(server.url, 'run', run.dashboard, panel, shownOf(record, { testid: record.id, ...given }))
}

/** The figures of panels are the record's: what is a share of what must not be the other way round. */
export async function figures(asked: Asked, record: RunRecord): Promise<void> {
  const { journeys, failedRequests, totals } = record
  const value = async (panel: string, given?: Given): Promise<number> =>
    (await panelOfRun(asked, panel, record, given))[0]?.value ?? NaN
  const failed = sum(journeys.map((one) => one.failed))
  const ended = failed + sum(journeys.map((one) => one.completed))
  expect(await value('Requests')).toBe(totals.requests)
  expect(await value('Dropped iterations')).toBe(totals.dropped)
  const lost = sum(failedRequests.map(({ count }) => count))
  expect(await value('Failed requests')).toBeCloseTo(lost / totals.requests, 6)
  expect(await value('Failed journeys')).toBeCloseTo(failed / ended, 6)
  expect(await value('Passed checks')).toBeCloseTo(1 - totals.failedChecks / totals.checks, 6)
  for (const { name: journey, steps, ...figured } of journeys) {
    const ofJourney = figured.failed / (figured.failed + figured.completed)
    expect(await value('Failed journeys', { journey })).toBeCloseTo(ofJourney, 6)
    // Of all journeys, whichever is chosen: k6 does not know of which one it dropped.
    expect(await value('Dropped iterations', { journey })).toBe(totals.dropped)
    for (const { phase } of steps[0]?.phases ?? []) {
      const of = steps.flatMap(({ phases = [] }) => phases.filter((one) => one.phase === phase))
      const requests = sum(of.map((one) => one.requests))
      expect(await value('Requests', { journey, phase }), `${journey} in ${phase}`).toBe(requests)
      const share = sum(of.map((one) => one.failed)) / requests
      expect(await value('Failed requests', { journey, phase }), `${journey} in ${phase}`).toBeCloseTo(
        share,
        6,
      )
    }
  }
}

/** Phases by the number that the panel has of each. */
const PHASES = ['ramp-up', 'warm-up', 'steady', 'spike', 'recovery', 'ramp-down']

/** Why the run came to its verdict is said as the record says it, the worst first. */
export async function explained(asked: Asked, record: RunRecord): Promise<void> {
  const { verdict, reasons, thresholds, checks, phases = [] } = record
  const labels = async (panel: string, ...names: string[]): Promise<string[]> => {
    const lines = await panelOfRun(asked, panel, record)
    return lines.map((line) => names.map((name) => line.labels[name] ?? '').join(' '))
  }
  expect(await labels('Verdict', 'verdict')).toEqual([verdict])
  expect((await labels('Why', 'index', 'code')).sort()).toEqual(
    reasons.map(({ code }, at) => `0${at + 1} ${code}`).concat(reasons.length === 0 ? [' '] : []),
  )
  const results = await labels('Thresholds', 'result')
  const order = ['fail', 'no samples', 'pass']
  expect(results).toEqual(
    thresholds.map(({ result }) => result).sort((a, b) => order.indexOf(a) - order.indexOf(b)),
  )
  const failing = checks.filter(({ fails }) => fails > 0).map(({ name }) => name)
  expect((await labels('Failing checks', 'check')).sort()).toEqual(
    failing.length > 0 ? failing.sort() : ['no failing check was recorded'],
  )
  // Green by thresholds that held, red by one that did not, else of no colour.
  for (const [panel, metric] of [
    ['Failed requests', 'http_req_failed'],
    ['p95 of requests', 'http_req_duration'],
    ['Passed checks', 'checks'],
    ['Failed journeys', 'journey_failed'],
  ] as const) {
    const of = thresholds.filter((one) => one.metric.split('{')[0] === metric).map(({ result }) => result)
    const colour = of.includes('fail') ? 'crossed' : of.length > 0 && !of.includes('no samples') ? 'held' : ''
    expect(await labels(panel, 'judged'), panel).toEqual([colour])
  }
  const scenarios = new Map(phases.map(({ scenario, phase }) => [scenario, phase]))
  const bands = await panelOfRun(asked, 'Phases', record)
  expect(bands.map(({ labels: { scenario = '' }, value }) => [scenario, PHASES[value]])).toEqual(
    [...scenarios].sort(),
  )
  for (const { scenario, phase, from, to } of phases)
    for (const [edge, time] of [
      ['start', from],
      ['end', to],
    ] as const) {
      const query = `last_over_time(loadwright_run_phase_${edge}_time_seconds{testid="${record.id}",scenario="${scenario}",phase="${phase}"}[5m])`
      const [written] = await asked.server.query(query, Date.parse(record.endedAt ?? '') / 1000 + 3)
      expect(Number(written?.value?.[1]) * 1000, `${edge} of ${phase}`).toBe(Date.parse(time))
    }
  const funnel = await labels('Steps: how far journeys came', 'order', 'journey', 'step')
  const seen = record.journeys.flatMap(({ name, steps }) =>
    steps.filter(({ completed }) => completed > 0).map((step) => `${name} ${step.name}`),
  )
  expect(funnel.sort().map((row) => row.replace(/^\d+ /, ''))).toEqual(seen)
}
