import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import pc from 'picocolors'
import { EXIT, PAGE_FILE, printable, RECORD_FILE } from '../base/index.ts'
import type { ConsoleLine } from '../k6/index.ts'
import { shellText } from '../project/index.ts'
import { isBrowserAlone, NO_ENVIRONMENT, type RunRecord } from '../record/index.ts'
import { again, givenIn, toldIn } from './again.ts'
import { textReport } from './text.ts'

const MAX_LINES = 20

/**
 * What a finished run says: the script's own last lines, the report, where the results lie, what to do next; that keeps
 * what was `given` on the command line after `run`.
 */
export function ending(
  record: RunRecord,
  folder: string,
  own: readonly ConsoleLine[],
  given: readonly string[] = givenIn(record, NO_ENVIRONMENT),
): string {
  const lines = own.slice(-MAX_LINES).map(({ level, text }) => `  ${pc.dim(level)} ${printable(text)}`)
  const heading =
    own.length > lines.length
      ? `The script wrote (last ${lines.length} of ${own.length})`
      : 'The script wrote'
  const place = relative(process.cwd(), folder)
  return [
    '',
    ...(lines.length > 0 ? [heading, ...lines, ''] : []),
    textReport(record),
    '',
    `Results  ${join(place, RECORD_FILE)}`,
    ...(existsSync(join(folder, PAGE_FILE)) ? [`Report   ${join(place, PAGE_FILE)}`] : []),
    `Next     ${next(record, given)}`,
  ].join('\n')
}

/** The command that a person is likely to want next. */
function next(record: RunRecord, given: readonly string[]): string {
  const { verdict, profile, embedded, faults, badRows, bundle, exitCode, script } = record
  const as = (name: string): string => again(given, ['profile'], ['--profile', name])
  // Instances elsewhere begin when they are told: what they make is decided here.
  if (record.mode === 'collect') return `again: ${again(given, [], [], 'collect')}`
  if (exitCode === EXIT.refused) return `show k6’s command: ${again(given, [], ['--dry-run'])}`
  if (badRows.length > 0 && verdict === 'invalid')
    return `correct the rows, or leave them out: ${again(given, ['check-rows'], ['--check-rows', 'quarantine'])}`
  if (script !== undefined)
    return `again: ${again(given)} · watch it while you change it: ${shellText(['npx', 'loadwright', 'dev', script])}`
  if (verdict === 'pass' && profile !== 'smoke') return `more than usual: ${as('stress')}`
  if (verdict === 'pass' && embedded && faults.length === 0)
    return `see one fail: ${again(given, [], ['--fault', 'latency=/cart/checkout:4000'])} · load it: ${as('load')}`
  if (verdict === 'pass') return `load it: ${as('load')}`
  // Told of iterations, k6 runs a scenario of its own, without a browser: such a bundle makes a single pass by itself.
  const isBrowser = isBrowserAlone({ scenarios: record.declared?.scenarios ?? {} })
  const variables = record.variables.filter((pair) => !isBrowser || !pair.startsWith('PROFILE='))
  const args = ['run', ...(isBrowser ? [] : ['-i', '1']), ...toldIn({ ...record, variables }), bundle.file]
  const pass = `"$(npx loadwright k6 path)" ${shellText(args)}`
  const serve = shellText(['npx', 'loadwright', 'shop', ...faults.flatMap((fault) => ['--fault', fault])])
  return `one pass by hand: ${embedded ? `${serve} & ` : ''}${pass}`
}
