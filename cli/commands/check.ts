import type { Command } from 'commander'
import { parseDuration } from '../../config/duration.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { EXIT, refuse } from '../base/index.ts'
import { checkTargets, fails, checkJson, checkText } from '../check/index.ts'
import { readProject, TIMEOUT } from '../project/index.ts'
import { out } from './output.ts'

/** The exit code where an error was found: what was checked is at fault, not the command. */
const ERROR_FOUND = 1

interface Flags {
  timeout?: string
  json?: true
}

/** `loadwright check`: whether scripts keep the rules of every place where they are to run. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('Check that a script runs everywhere: load test, Cloud, monitor')
    .argument('[name]', 'a suite’s name or file, or any k6 script; every suite if left out')
    .option(
      '--timeout <duration>',
      'the timeout of the monitor’s check that will run it (15s; for a browser script 60s)',
    )
    .option('--json', 'as JSON: ok, findings with target, rule, severity, where, why, fix')
    .addHelpText(
      'after',
      `
It reads the script's bytes and walks it without k6 and without a target: nothing is sent. The rules, with what
happens where one is broken, are in docs/check.md.

Examples:
  loadwright check                      every suite of the project
  loadwright check boutique
  loadwright check script.js --json     any k6 script
  loadwright check dist/boutique.js --timeout 5s

Exit codes: 0 no error, perhaps warnings · ${ERROR_FOUND} an error · 104 nothing to check`,
    )
    .action(async (name: string | undefined, { timeout, json }: Flags) => {
      const milliseconds = timeout === undefined ? undefined : parseDuration(timeout)
      const project = await readProject()
      refuse([...project.problems, ...timeoutProblems(timeout, milliseconds)])
      const checked = await checkTargets(project, name, {
        env: process.env,
        ...(milliseconds !== undefined && { timeout: milliseconds }),
      })
      out(json ? JSON.stringify(checkJson(checked), undefined, 2) : checkText(checked))
      process.exitCode = fails(checked) ? ERROR_FOUND : EXIT.pass
    })
}

function timeoutProblems(text: string | undefined, milliseconds = 0): Problem[] {
  if (text === undefined || (milliseconds >= TIMEOUT.least && milliseconds <= TIMEOUT.most)) return []
  return [{ where: '--timeout', got: quote(text), allowed: 'what a check may have: 1s to 180s, such as 15s' }]
}
