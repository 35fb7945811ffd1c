import { relative } from 'node:path'
import type { Command } from 'commander'
import { MONITOR_BYTES } from '../build/bundle.ts'
import { readProject } from '../build/config.ts'
import type { Manifest } from '../build/manifest.ts'
import { buildNamed, buildSuites } from '../build/suites.ts'
import { refuse } from '../errors.ts'
import { collect } from './options.ts'
import { out } from './output.ts'

interface Flags {
  env?: string[]
  outdir: string
}

/** `loadwright build`: every suite, or one, into `dist`. */
export function addBuild(program: Command): void {
  program
    .command('build')
    .description('Bundle suites into one file each, with a manifest beside it')
    .argument('[suite]', 'a suite’s name or file; all if left out')
    .option(
      '-e, --env <KEY=VALUE>',
      'a variable that the script itself needs to be built; repeatable',
      collect,
    )
    .option('--outdir <folder>', 'where bundles go', 'dist')
    .addHelpText('after', '\nExample:\n  loadwright build boutique && k6 run dist/boutique.js')
    .action(async (name: string | undefined, { env = [], outdir }: Flags) => {
      const project = await readProject()
      refuse(project.problems)
      const own = Object.fromEntries(
        env.map((pair) => [pair.split('=', 1)[0] ?? '', pair.replace(/^[^=]*=?/, '')] as const),
      )
      const options = { outdir, env: { ...process.env, ...own } }
      const built =
        name === undefined ? await buildSuites(project, options) : [await buildNamed(project, name, options)]
      for (const { manifest, path } of built) out(lineOf(manifest, relative(process.cwd(), path)))
    })
}

/** What was built, on one line: where, how large, which journeys. */
export function lineOf({ bytes, journeys, monitor }: Manifest, path: string): string {
  const size = `${(bytes / 1024).toFixed(1).padStart(6)} KiB`
  const note = monitor ? '' : `  (too large for a monitor: at most ${MONITOR_BYTES / 1024} KiB)`
  return `${path.padEnd(28)} ${size}  ${journeys.join(', ')}${note}`
}
