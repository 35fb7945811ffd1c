import { join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { EXIT, kib } from '../base/index.ts'
import { aboutProject, filesOf, isSame, writeFiles, type File } from '../grafana/index.ts'
import { out, say } from './output.ts'

interface Flags {
  outdir: string
  check?: true
  dryRun?: true
}

/** `loadwright grafana`: dashboards, alerts and provisioning, from what suites declare. */
export function addGrafana(program: Command): void {
  program
    .command('grafana')
    .description('Write dashboards and alerts as code, from what suites declare')
    .argument('[suites...]', 'suites by name or file; the project’s own if left out')
    .option('--outdir <folder>', 'where they go', 'grafana')
    .option('--dry-run', 'print the files; write nothing')
    .option('--check', 'write nothing; exit 99 where a file differs from what would be written')
    .addHelpText(
      'after',
      `
Dashboards (Run, Compare, History, Continuous) for Prometheus with native histograms and without, OpenTelemetry and
InfluxDB; alert rules for Prometheus, Mimir and Grafana; what provisions them. docs/dashboards.md says how to load them.

Examples:
  loadwright grafana                     of the project’s own suite, into grafana/
  loadwright grafana boutique carts      of two suites, with the metrics of both
  loadwright grafana --check             in CI: is what is committed what is generated?

Exit codes: 0 written, or the same · 99 --check found a difference · 104 refused`,
    )
    .action(async (names: string[], { outdir, check, dryRun }: Flags) => {
      const files = filesOf(await aboutProject(names))
      const folder = resolve(outdir)
      if (check) process.exitCode = await compare(folder, files)
      else if (dryRun)
        for (const { path, text } of files) out(`${join(outdir, path)}  ${kib(Buffer.byteLength(text))}`)
      else {
        const written = await writeFiles(folder, files, '--outdir')
        out(`${relative('.', folder) || '.'}: ${files.length} files, ${written} of them written anew`)
      }
    })
}

async function compare(folder: string, files: readonly File[]): Promise<number> {
  const same = await Promise.all(files.map((file) => isSame(folder, file)))
  const others = files.filter((_, at) => !same[at])
  for (const { path } of others) out(`differs: ${relative('.', join(folder, path))}`)
  if (others.length === 0) return EXIT.pass
  say('write them anew with: loadwright grafana')
  return EXIT.fail
}
