import { relative } from 'node:path'
import type { Command } from 'commander'
import { MONITOR_BYTES } from '../build/bundle.ts'
import { readProject } from '../build/config.ts'
import type { Manifest } from '../build/manifest.ts'
import { buildNamed, buildSuites, type BuiltSuite } from '../build/suites.ts'
import { refuse } from '../errors.ts'
import { collect } from './options.ts'
import { out } from './output.ts'

interface Flags {
  env?: string[]
  outdir: string
  readable?: true
  json?: true
}

/** `loadwright build`: every suite, or one, into `dist`. */
export function addBuild(program: Command): void {
  program
    .command('build')
    .description('Bundle suites into one file each for k6')
    .argument('[suite]', 'a suite’s name or file; all if left out')
    .option(
      '-e, --env <KEY=VALUE>',
      'a variable that the script itself needs to be built; repeatable',
      collect,
    )
    .option('--outdir <folder>', 'where bundles go', 'dist')
    .option('--readable', 'not minified, with comments that say where each part comes from')
    .option('--json', 'what was built, as JSON: each manifest, without options, and the path of its bundle')
    .addHelpText(
      'after',
      `
A bundle needs nothing of loadwright to run. A readable one is the way to leave: one plain k6 script, yours to go on
with.

Examples:
  loadwright build boutique && k6 run dist/boutique.js
  loadwright build boutique --readable --outdir plain`,
    )
    .action(async (name: string | undefined, { env = [], outdir, readable, json }: Flags) => {
      const project = await readProject()
      refuse(project.problems)
      const own = Object.fromEntries(
        env.map((pair) => [pair.split('=', 1)[0] ?? '', pair.replace(/^[^=]*=?/, '')] as const),
      )
      const options = { outdir, readable: readable === true, env: { ...process.env, ...own } }
      const built =
        name === undefined ? await buildSuites(project, options) : [await buildNamed(project, name, options)]
      if (json) {
        out(JSON.stringify(built.map(jsonOf), undefined, 2))
        return
      }
      for (const { manifest, path } of built) out(lineOf(manifest, relative(process.cwd(), path)))
    })
}

/** What was built, for programs: the manifest's short part, and where the bundle lies. */
function jsonOf({ manifest, path }: BuiltSuite): object {
  const { suite, source, bytes, monitor, sha256, journeys, steps, pools } = manifest
  return {
    suite,
    source,
    path: relative(process.cwd(), path),
    bytes,
    monitor,
    sha256,
    journeys,
    steps,
    pools,
  }
}

/** What was built, on one line: where, how large, which journeys. */
export function lineOf({ bytes, journeys, monitor }: Manifest, path: string): string {
  const size = `${(bytes / 1024).toFixed(1).padStart(6)} KiB`
  const note = monitor ? '' : `  (too large for a monitor: at most ${MONITOR_BYTES / 1024} KiB)`
  return `${path.padEnd(28)} ${size}  ${journeys.join(', ')}${note}`
}
