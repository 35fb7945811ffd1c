import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import pc from 'picocolors'
import { EXIT } from '../errors.ts'
import { shellText } from '../run/command.ts'
import { NO_ENVIRONMENT } from '../run/loaded.ts'
import type { ConsoleLine } from '../run/console.ts'
import type { RunRecord } from '../run/record.ts'
import { printable, textReport } from './text.ts'

const MOST_OWN_LINES = 20

/** What a finished run says: the script's own last lines, the report, where the results lie, what to do next. */
export function ending(record: RunRecord, folder: string, own: readonly ConsoleLine[]): string {
  const lines = own.slice(-MOST_OWN_LINES).map(({ level, text }) => `  ${pc.dim(level)} ${printable(text)}`)
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
    `Results  ${join(place, 'run.json')}`,
    ...(existsSync(join(folder, 'report.html')) ? [`Report   ${join(place, 'report.html')}`] : []),
    `Next     ${next(record)}`,
  ].join('\n')
}

/** The command that a person is likely to want next. */
function next({
  verdict,
  suite,
  profile,
  environment,
  embedded,
  faults,
  target,
  badRows,
  bundle,
  exitCode,
  script,
}: RunRecord): string {
  const named = environment === NO_ENVIRONMENT ? [] : ['--environment', environment]
  const place = embedded || target === '' ? [] : [...named, '--base-url', target]
  const run = shellText(['npx', 'loadwright', 'run', script ?? suite, ...place])
  if (exitCode === EXIT.refused) return `see what k6 is told: ${run} --dry-run`
  if (badRows.length > 0 && verdict === 'invalid')
    return `mend the rows, or leave them out: ${run} --check-rows quarantine`
  if (script !== undefined)
    return `again: ${run} · watch it while you change it: npx loadwright dev ${shellText([script])}`
  if (verdict === 'pass' && profile !== 'smoke') return `more than usual: ${run} --profile stress`
  if (verdict === 'pass' && embedded && faults.length === 0)
    return `see one fail: ${run} --fault latency=/cart/checkout:4000 · load it: npm run load`
  if (verdict === 'pass') return `load it: ${run} --profile load`
  const told = embedded ? [] : ['-e', `ENVIRONMENT=${environment}`, '-e', `BASE_URL=${target}`]
  const pass = `"$(npx loadwright k6 path)" ${shellText(['run', '-i', '1', ...told, bundle.file])}`
  const serve = shellText(['npx', 'loadwright', 'shop', ...faults.flatMap((fault) => ['--fault', fault])])
  return `one pass by hand: ${embedded ? `${serve} & ` : ''}${pass}`
}
