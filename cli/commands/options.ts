import { Command, Option } from 'commander'
import type { Setting } from '../../config/settings/setting.ts'
import { SETTINGS, type SettingName } from '../../config/settings/settings.ts'
import { SETTING_WORDS } from '../../config/words.ts'
import { quote } from '../../config/problem/problem.ts'
import { refusal, refuse } from '../base/index.ts'
import { divide, flagOf, OWN, pairProblems, type Given } from '../project/index.ts'

/** Adds a flag for every setting, and `--set`, to a command. */
export function withSettings(command: Command): Command {
  for (const [name, setting] of Object.entries<Setting>(SETTINGS) as [SettingName, Setting][]) {
    if (OWN.includes(name)) continue
    const { meaning, otherwise } = SETTING_WORDS[name]
    const given = setting.default ?? otherwise
    command.addOption(new Option(`--${flagOf(name)} <value>`, `${meaning} (${given})`))
  }
  return command.option('--set <KEY=VALUE>', 'any setting, by its name; repeatable', collectOption)
}

/** Gathers a repeatable option. */
export function collectOption(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

/** What a command's options say about settings. */
export function givenOf(options: Readonly<Record<string, unknown>>): Given {
  const flags: Partial<Record<SettingName, string>> = {}
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const key = flagOf(name).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    const value = options[key]
    if (typeof value === 'string') flags[name] = value
  }
  return { flags, set: (options.set as string[] | undefined) ?? [] }
}

/** What a command's options say about settings, `-e` among them, and the script's own variables. */
export function toldOf(flags: Readonly<{ env?: readonly string[] }>): { told: Given; env: string[] } {
  refuse(pairProblems(flags.env ?? []))
  const given = givenOf({ ...flags })
  const { settings, own: env } = divide(flags.env ?? [])
  return { told: { ...given, set: [...settings, ...given.set] }, env }
}

/** Adds what runs a suite or a script: its name, k6's arguments after --, settings, --tunnel, -e, --results. */
export function withRun(command: Command): Command {
  return withSettings(
    command
      .argument('[suite]', 'a suite’s name or file, or any k6 script; the project’s own suite if left out')
      .argument('[k6-arguments...]', 'after --: further arguments for k6'),
  )
    .option(
      '--tunnel <ngrok|cloudflared|URL>',
      'open a tunnel to the target and go through it, or go through one that is open',
    )
    .option('-e, --env <KEY=VALUE>', 'a variable for the script, as k6’s own -e; repeatable', collectOption)
    .option('--results <folder>', 'where run folders are made', 'results')
}

/** Adds where runs and baselines lie. */
export const withPlaces = (command: Command): Command =>
  command
    .option('--results <folder>', 'where run folders lie', 'results')
    .option('--baselines <folder>', 'where baselines lie', 'baselines')

/** The action of a command made by {@link withRun}: `run` gives the exit code. */
export function runAction<Flags>(
  run: (suite: string | undefined, more: readonly string[], flags: Flags) => Promise<number>,
) {
  return async (suite: string | undefined, more: readonly string[], flags: Flags): Promise<void> => {
    // `run -- --quiet`: without a suite the first of k6's arguments stands in its place.
    const [name, own] = suite?.startsWith('-') ? [undefined, [suite, ...more]] : [suite, more]
    const [first] = own
    if (first !== undefined && !first.startsWith('-'))
      throw refusal([
        {
          where: 'suite',
          got: `${quote(name ?? '')} and ${quote(first)}`,
          allowed: 'one; arguments of k6’s come after --, and begin with a flag',
        },
      ])
    process.exitCode = await run(name, own, flags)
  }
}
