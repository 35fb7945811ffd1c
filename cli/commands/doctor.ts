import type { Command } from 'commander'
import pc from 'picocolors'
import { EXIT, printable, version } from '../base/index.ts'
import { examineProject, type DoctorFinding } from '../project/index.ts'
import { givenOf, withSettings } from './options.ts'
import { out } from './output.ts'

interface Flags {
  json?: true
  results: string
}

/** `loadwright doctor`: what is there, what is missing, what to type. */
export function addDoctor(program: Command): void {
  withSettings(program.command('doctor').description('Say what is there, what is missing, what to type'))
    .option('--results <folder>', 'where run folders are made', 'results')
    .option('--json', 'as JSON: version, ok, and findings with name, state, found, todo')
    .addHelpText(
      'after',
      `
Examples:
  loadwright doctor
  loadwright doctor --environment staging --json

Exit codes: 0 a run can start · 104 something that it needs is missing`,
    )
    .action(async (flags: Flags) => {
      const findings = await examineProject({
        given: givenOf({ ...flags }),
        env: process.env,
        results: flags.results,
        folder: process.cwd(),
      })
      const ok = findings.every(({ state }) => state !== 'missing')
      out(flags.json ? JSON.stringify({ version, ok, findings }, undefined, 2) : doctorText(findings))
      process.exitCode = ok ? EXIT.pass : EXIT.refused
    })
}

const MARKS: Readonly<Record<DoctorFinding['state'], string>> = {
  ok: pc.green('✓'),
  missing: pc.red('✗'),
  optional: pc.yellow('–'),
}

/** Findings as lines: a mark, what it is, what was found, and below what to do. */
export function doctorText(findings: readonly DoctorFinding[]): string {
  return findings
    .flatMap(({ name, state, found, todo }) => [
      `${MARKS[state]} ${name.padEnd(9)} ${found.split('\n').map(printable).join('\n            ')}`,
      ...(todo === undefined ? [] : [`            ${pc.dim('→')} ${todo}`]),
    ])
    .join('\n')
}
