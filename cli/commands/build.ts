import { relative } from 'node:path'
import type { Command } from 'commander'
import { readProject } from '../build/config.ts'
import { buildNamed, buildSuites } from '../build/suites.ts'
import { out } from './output.ts'

/** `loadwright build`: every suite, or one, into `dist`. */
export function addBuild(program: Command): void {
  program
    .command('build')
    .description('Bundle suites into one file each, with a manifest beside it')
    .argument('[suite]', 'a suite’s name or file; all if left out')
    .option('--outdir <folder>', 'where bundles go', 'dist')
    .addHelpText('after', '\nExample:\n  loadwright build boutique && k6 run dist/boutique.js')
    .action(async (name: string | undefined, { outdir }: { outdir: string }) => {
      const project = await readProject()
      const built =
        name === undefined
          ? await buildSuites(project, { outdir })
          : [await buildNamed(project, name, { outdir })]
      for (const { manifest, path } of built)
        out(
          `${relative(process.cwd(), path).padEnd(28)} ${(manifest.bytes / 1024).toFixed(1).padStart(6)} KiB  ${manifest.journeys.join(', ')}`,
        )
    })
}
