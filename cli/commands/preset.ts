import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { nearest } from '../../config/problem/nearest.ts'
import { quote } from '../../config/problem/problem.ts'
import { refusal, refuse, UserError } from '../base/index.ts'
import {
  copyOf,
  ejectPreset,
  presetNamed,
  presetSchema,
  projectPresets,
  readProject,
  shippedPresets,
} from '../project/index.ts'
import { out } from './output.ts'
import { refuseOut, writeNew } from './writeNew.ts'

interface Flags {
  out?: string
  config?: true
  force?: true
  dryRun?: true
}

/** `loadwright preset list | show | eject | schema`: load tests in YAML. */
export function addPreset(program: Command): void {
  const preset = program
    .command('preset')
    .description('Load tests in YAML: list them, show them, eject them as TypeScript')
    .addHelpText(
      'after',
      `
What a preset may say is in docs/presets.md.
Exit code 0; 104 where a preset has problems, or is not there.

Examples:
  loadwright preset list
  loadwright preset show quick > presets/quick.yaml
  loadwright run presets/quick.yaml
  loadwright preset eject presets/quick.yaml`,
    )
  preset
    .command('list')
    .description('List the presets of the project, and those that come with loadwright')
    .option('--json', 'as JSON: name, file, description, and problems of those that have some')
    .addHelpText(
      'after',
      '\nExit code 0; 104 where one has problems.\n\nExamples:\n  loadwright preset list --json',
    )
    .action(async ({ json }: { json?: true }) => {
      await list(json === true)
    })
  preset
    .command('show')
    .description('Print a preset of the project, or one that comes with loadwright, to be copied')
    .argument('<name>', 'its name, or its file')
    .addHelpText('after', '\nExamples:\n  loadwright preset show quick > presets/quick.yaml')
    .action(async (name: string) => {
      out((await textOf(name)).replace(/\n$/, ''))
    })
  preset
    .command('eject')
    .description('Write the suite that a preset is, in TypeScript, to go on with')
    .argument('<preset>', 'its name, or its file')
    .option('--out <file>', 'where the suite goes; suites/NAME.ts if left out')
    .option('--config', 'write its part of the config too, where the project has no loadwright.config.ts')
    .option('--force', 'overwrite a file that is there')
    .option('--dry-run', 'write nothing, and show the suite')
    .addHelpText(
      'after',
      `
It is the suite that the build makes of the preset. What belongs into loadwright.config.ts is printed, or written by
--config.
Exit code 0; 104 where the preset has problems, or a file is there already.

Examples:
  loadwright preset eject presets/pr.yaml
  loadwright preset eject pr --out suites/pull-request.ts --config
  loadwright preset eject pr --dry-run`,
    )
    .action(async (name: string, flags: Flags) => {
      await eject(name, flags)
    })
  preset
    .command('schema')
    .description('Print the JSON Schema of presets, for editors')
    .addHelpText('after', '\nExamples:\n  loadwright preset schema > preset.schema.json')
    .action(() => out(JSON.stringify(presetSchema(), undefined, 2)))
}

async function list(json: boolean): Promise<void> {
  const project = await readProject()
  refuse(project.problems)
  const own = await projectPresets(project)
  const shipped = await shippedPresets()
  if (json) out(JSON.stringify({ project: own, shipped: shipped.map(({ name }) => name) }, undefined, 2))
  else
    out(
      [
        'Presets of the project',
        ...own.map(
          ({ name, file, description = '' }) =>
            `  ${name.padEnd(16)} ${[file, description].filter(Boolean).join('  ')}`,
        ),
        ...(own.length === 0
          ? ['  none: copy one into presets/, such as loadwright preset show quick > presets/quick.yaml']
          : []),
        '',
        'Presets of loadwright, to be copied by loadwright preset show',
        ...shipped.map(({ name, description }) => `  ${name.padEnd(16)} ${description}`),
      ].join('\n'),
    )
  const broken = own.flatMap(({ problems }) => problems ?? [])
  if (broken.length > 0) throw new UserError(broken.join('\n'))
}

/** The text of a preset. Those of the package go first: in `show quick > presets/quick.yaml` that file is there, and empty. */
async function textOf(name: string): Promise<string> {
  const shipped = await shippedPresets()
  const found = shipped.find((one) => one.name === name)
  if (found) return copyOf(found)
  const file = await presetNamed(await readProject(), name)
  if (file !== undefined) return readFile(file, 'utf8')
  throw unknownPreset(
    name,
    shipped.map((one) => one.name),
  )
}

function unknownPreset(name: string, known: readonly string[]): UserError {
  const near = nearest(name, known)
  return refusal([
    {
      where: 'preset',
      got: quote(name),
      allowed: `a file, a preset of the project, or ${known.join(', ')}`,
      ...(near === undefined ? {} : { fix: `Did you mean ${quote(near)}?` }),
    },
  ])
}

async function eject(name: string, flags: Flags): Promise<void> {
  const project = await readProject()
  refuse(project.problems)
  const shipped = await shippedPresets()
  const own = await presetNamed(project, name)
  const file = own ?? shipped.find((one) => one.name === name)?.file
  if (file === undefined)
    throw unknownPreset(
      name,
      shipped.map((one) => one.name),
    )
  refuseOut(flags.out)
  const usual = resolve('suites', `${file.replace(/^.*[\\/]|\.\w+$/g, '')}.ts`)
  const to = flags.out === undefined ? usual : resolve(flags.out)
  const { suite, config } = await ejectPreset(project, file, to)
  if (flags.dryRun) {
    out(suite.replace(/\n$/, ''))
    if (config !== undefined) out(`\n// loadwright.config.ts\n${config.replace(/\n$/, '')}`)
    return
  }
  const shown = relative(process.cwd(), to)
  await writeNew(to, suite, flags.force === true)
  out(`${shown} is written: loadwright run ${shown}`)
  if (own !== undefined) out(`Remove ${relative(process.cwd(), own)}: the suite has its name now`)
  if (config === undefined) return
  const place = resolve('loadwright.config.ts')
  if (flags.config && !existsSync(place)) {
    await writeNew(place, config, false)
    out('loadwright.config.ts is written')
  } else
    out(
      `\nIts part of loadwright.config.ts${flags.config ? ', which is there already' : ''}:\n\n${config.replace(/\n$/, '')}`,
    )
}
