import { Command, Option } from 'commander'
import { SETTING_WORDS, SETTINGS, type Setting, type SettingName } from '../../config/index.ts'
import { flagOf, type Given } from '../run/variables.ts'

/** Settings that a command sets itself, and so has no flag for. */
const OWN: readonly SettingName[] = ['SUMMARY', 'TUNNEL_URL']

/** Adds a flag for every setting, and `--set`, to a command. */
export function withSettings(command: Command): Command {
  for (const [name, setting] of Object.entries<Setting>(SETTINGS) as [SettingName, Setting][]) {
    if (OWN.includes(name)) continue
    const { meaning, otherwise } = SETTING_WORDS[name]
    const given = setting.default ?? otherwise
    command.addOption(new Option(`--${flagOf(name)} <value>`, `${meaning} (${given})`))
  }
  return command.option('--set <KEY=VALUE>', 'any setting, by its name; repeatable', collect)
}

/** Gathers a repeatable option. */
export function collect(value: string, before: string[] | undefined): string[] {
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
