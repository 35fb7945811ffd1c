import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { quote } from '../../config/problem/problem.ts'
import { refusal } from '../base/index.ts'
import { readAudit } from '../record/index.ts'
import { auditText, soundText } from '../report/index.ts'
import { out } from './output.ts'
import { refuseEmpty } from './refuseEmpty.ts'

interface Flags {
  audit: string
  json?: true
}

/** `loadwright audit show | verify`: what gates let through, and whether the log of it is as it was written. */
export function addAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description('Read the log of what gates let through: waivers that were used, and overrides')
    .addHelpText(
      'after',
      `
Examples:
  loadwright audit show
  loadwright audit verify`,
    )
  const reading = (command: Command): Command =>
    command.option('--audit <file>', 'the log', 'audit.ndjson').option('--json', 'as JSON')
  reading(audit.command('show').description('Show what was let through, by whom, and why'))
    .addHelpText(
      'after',
      `
Examples:
  loadwright audit show
  loadwright audit show --json`,
    )
    .action(async ({ audit: file, json }: Flags) => {
      refuseEmpty({ audit: file })
      const entries = await readAudit(file)
      out(json ? JSON.stringify(entries, undefined, 2) : auditText(entries, file))
    })
  reading(
    audit.command('verify').description('Tell whether the log is as it was written: exit code 0, or 104'),
  )
    .option('--has <hash>', 'the log must have this entry, which an earlier verify named as its last')
    .addHelpText(
      'after',
      `
Examples:
  loadwright audit verify
  loadwright audit verify --has 5d1c…     no entry was taken away from its end since then`,
    )
    .action(async ({ audit: file, json, has }: Flags & { has?: string }) => {
      if (!existsSync(file))
        throw refusal([{ where: '--audit', got: quote(file), allowed: 'a log that gates have written' }])
      const entries = await readAudit(file)
      if (has !== undefined && !entries.some(({ hash }) => hash === has))
        throw refusal([
          { where: file, got: 'a log without this entry', allowed: `one that has ${quote(has)}` },
        ])
      const last = entries.at(-1)?.hash
      out(
        json
          ? JSON.stringify(
              { file, entries: entries.length, ...(last === undefined ? {} : { last }) },
              undefined,
              2,
            )
          : soundText(entries, file),
      )
    })
  for (const command of audit.commands) command.exitOverride()
}
