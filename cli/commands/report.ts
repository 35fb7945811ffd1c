import type { Command } from 'commander'
import { join, relative, resolve } from 'node:path'
import { PAGE_FILE, UserError, atomicWrite } from '../base/index.ts'
import {
  dataOf,
  htmlReport,
  junitReport,
  markdownReport,
  openInBrowser,
  textReport,
  type ReportData,
} from '../report/index.ts'
import { openRun } from '../verdict/index.ts'
import { formatNamed } from './format.ts'
import { out, say } from './output.ts'

interface Flags {
  format: string
  results: string
  out?: string
  open?: boolean
}

const FORMATS = {
  text: ({ record }) => `${textReport(record)}\n`,
  html: htmlReport,
  markdown: markdownReport,
  junit: junitReport,
  json: ({ record }) => `${JSON.stringify(record, undefined, 2)}\n`,
} as const satisfies Record<string, (data: ReportData) => Promise<string> | string>

/** `loadwright report`: a run again, as text, HTML, Markdown, JUnit or JSON. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('Show a run again: as text, HTML, Markdown, JUnit or JSON')
    .argument('[run]', 'latest, a run’s id or the beginning of one, its folder or its run.json', 'latest')
    .option('--format <format>', Object.keys(FORMATS).join(', '), 'text')
    .option('--results <folder>', 'where run folders lie', 'results')
    .option(
      '--out <file>',
      'write it there; else to standard output, HTML on a terminal into the run’s folder',
    )
    .option('--open', 'write report.html and open it in the browser')
    .addHelpText(
      'after',
      `
Examples:
  loadwright report                                   the newest run, on the terminal
  loadwright report --format html --open
  loadwright report --format html > report.html
  loadwright report boutique-20261122 --format markdown >> "$GITHUB_STEP_SUMMARY"
  loadwright report --format junit --out junit.xml`,
    )
    .action(async (run: string, flags: Flags) => report(run, flags))
}

async function report(run: string, { format, results, out: given, open }: Flags): Promise<void> {
  const make = formatNamed(FORMATS, format)
  const opened = await openRun(results, run)
  const text = await make(await dataOf(opened))
  const isForEyes = format === 'html' && (open === true || process.stdout.isTTY)
  const file = given ?? (isForEyes ? join(opened.folder.path, PAGE_FILE) : '-')
  if (file === '-') {
    out(text.replace(/\n$/, ''))
    return
  }
  await atomicWrite(file, text).catch((error: unknown) => {
    throw new UserError(`the report cannot be written: ${(error as Error).message}`)
  })
  out(relative(process.cwd(), file))
  if (open === true && format === 'html' && !(await openInBrowser(resolve(file))))
    say('no browser could be opened: see the file')
}
