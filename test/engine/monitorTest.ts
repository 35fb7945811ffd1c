import { expect } from 'vitest'
import type { Observation } from '../../cli/monitor/index.ts'
import { cli, STACK, type Start } from './harness.ts'

/** What `loadwright monitor test --json` prints, as far as it is asked for here. */
export interface Printed extends Omit<Observation, 'series' | 'exitCode'> {
  series: number
  exitCode: number | null
  timeout: number
  sha256: string
  baked: string[]
  target: string | null
  published?: Observation['series']
}

/** Runs `loadwright monitor test … --json` to its end. */
export async function monitorTest(args: readonly string[], how?: Start) {
  const ended = await cli(['monitor', 'test', ...args, '--json'], how)
  expect(ended.out + ended.err).not.toMatch(STACK)
  return { ...ended, seen: JSON.parse(ended.out) as Printed }
}
