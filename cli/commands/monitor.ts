import type { Command } from 'commander'
import { addMonitorCode } from './monitorCode.ts'
import { addMonitorTest } from './monitorTest.ts'

/** `loadwright monitor`: a suite's single pass as a check of Synthetic Monitoring. */
export function addMonitor(program: Command): void {
  const monitor = program
    .command('monitor')
    .description('Try a suite as a synthetic monitor, and keep monitors as code')
    .addHelpText(
      'after',
      `
Examples:
  loadwright monitor test boutique --base-url https://shop.example.com   as the agent would run it
  loadwright monitor plan                                                 what apply would change, and its cost
  loadwright monitor apply --dry-run`,
    )
  addMonitorTest(monitor)
  addMonitorCode(monitor)
}
