import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pc from 'picocolors'
import { alignTable, kib, printable } from '../base/index.ts'
import { shellText } from '../project/index.ts'
import { versionsOf, type RunRecord } from '../record/index.ts'
import type { ReportData } from './data.ts'
import { instanceText } from './instances.ts'
import { readLimit } from './limits.ts'
import { textReport } from './text.ts'

/**
 * A run in full for a terminal: its report, how it compares with others (`compared`, a line), every threshold, its
 * settings, where it came from, its files.
 */
export async function detailsText(
  folder: string,
  { record }: ReportData,
  compared?: string,
): Promise<string> {
  return [
    textReport(record),
    ...(compared === undefined ? [] : ['', printable(compared)]),
    ...section('Thresholds', thresholdRows(record)),
    ...section('Settings', pairs(record.settings)),
    ...section('Run', pairs(about(record))),
    ...section(`Files in ${folder}`, await files(folder)),
  ].join('\n')
}

const section = (title: string, rows: readonly string[][]): string[] =>
  rows.length === 0 ? [] : ['', pc.bold(title), ...alignTable(rows).map((line) => `  ${line}`)]

const thresholdRows = ({ thresholds }: RunRecord): string[][] =>
  thresholds.map((threshold) => {
    const { value = '', margin = '', owner = '' } = readLimit(threshold)
    const name = printable(`${threshold.metric}: ${threshold.threshold}`)
    return [name, threshold.result, value, margin, printable(owner)]
  })

const pairs = (values: object): string[][] =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => [name, printable(String(value))])

function about({ id, startedAt, endedAt, bundle, instances, metadata }: RunRecord): object {
  return {
    id,
    started: startedAt,
    ended: endedAt,
    bundle: bundle.file,
    sha256: bundle.sha256,
    ...metadata,
    k6: versionsOf(instances),
    ...Object.fromEntries(
      instances.flatMap((one) => (one.id === undefined ? [] : [[`instance ${one.id}`, instanceText(one)]])),
    ),
    command: instances.map(({ k6 }) => shellText(['k6', ...k6.command])).join('; '),
  }
}

async function files(folder: string): Promise<string[][]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async (name) => {
      const { size } = await stat(join(folder, name))
      return [name, kib(size)]
    }),
  )
}
