import { relative } from 'node:path'
import type { Command } from 'commander'
import { kib, refuse } from '../base/index.ts'
import { checkSuite, checkText, type Checked } from '../check/index.ts'
import {
  bakedFrom,
  buildNamed,
  buildSuites,
  leftOutText,
  MONITOR_BYTES,
  pairProblems,
  readProject,
  refuseBroken,
  variableName,
  variableValue,
  type BuiltSuite,
} from '../project/index.ts'
import type { Manifest } from '../record/index.ts'
import { collectOption } from './options.ts'
import { out, say } from './output.ts'

interface Flags {
  env?: string[]
  set?: string[]
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
      collectOption,
    )
    .option(
      '--set <KEY=VALUE>',
      'a setting to bake into the bundle, locked there against any environment; repeatable',
      collectOption,
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
  loadwright build boutique --readable --outdir plain
  loadwright build boutique --set BASE_URL=https://shop.example.com --set ENVIRONMENT=production --outdir monitors`,
    )
    .action(async (name: string | undefined, { env = [], set = [], outdir, readable, json }: Flags) => {
      const project = await readProject()
      refuse([...project.problems, ...pairProblems(env)])
      const own = Object.fromEntries(env.map((pair) => [variableName(pair), variableValue(pair)]))
      const baked = bakedFrom(set, project.config)
      const options = { outdir, baked, readable: readable === true, env: { ...process.env, ...own } }
      const { built, failures } =
        name === undefined
          ? await buildSuites(project, options)
          : { built: [await buildNamed(project, name, options)], failures: [] }
      if (json) {
        out(JSON.stringify(built.map(jsonOf), undefined, 2))
      } else for (const { manifest, path } of built) out(suiteLine(manifest, relative(process.cwd(), path)))
      for (const { manifest, leftOut } of built)
        for (const line of leftOutText(leftOut)) say(`${manifest.suite}: ${line}`)
      await sayErrors(built)
      // A bundle of its own, with a hash of its own: who compares it must know.
      if (set.length > 0 && !json)
        for (const { manifest } of built)
          out(`${manifest.suite}: baked ${set.map(variableName).join(', ')}, SHA-256 ${manifest.sha256}`)
      refuseBroken(failures)
    })
}

/** Says what of a bundle's text keeps it from running somewhere; `loadwright check` walks it too, and has warnings. */
async function sayErrors(built: readonly BuiltSuite[]): Promise<void> {
  const faulty: Checked[] = []
  for (const suite of built) {
    // Its evaluation was the build's own; walking it again is what takes time.
    const checked = await checkSuite(suite, { walk: false })
    const findings = checked.findings.filter(({ severity }) => severity === 'error')
    if (findings.length > 0) faulty.push({ ...checked, findings })
  }
  // What cannot be a monitor may well be a load test: `check` is the gate.
  if (faulty.length > 0) say(checkText(faulty))
}

/** What was built, for programs: the manifest's short part, and where the bundle lies. */
function jsonOf({ manifest, path }: BuiltSuite): object {
  const { suite, source, bytes, monitor, sha256, baked, journeys, steps, pools } = manifest
  return {
    suite,
    source,
    path: relative(process.cwd(), path),
    bytes,
    monitor,
    sha256,
    baked,
    journeys,
    steps,
    pools,
  }
}

/** What was built, on one line: where, how large, which journeys. */
export function suiteLine({ bytes, journeys, monitor }: Manifest, path: string): string {
  const size = kib(bytes).padStart(10)
  const note = monitor ? '' : `  (too large for a monitor: at most ${MONITOR_BYTES / 1024} KiB)`
  return `${path.padEnd(28)} ${size}  ${journeys.join(', ')}${note}`
}
