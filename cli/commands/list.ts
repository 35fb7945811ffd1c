import { dirname } from 'node:path'
import type { Command } from 'commander'
import { environments } from '../../config/environments.ts'
import { PROFILE_WORDS } from '../../config/words.ts'
import { PROFILES } from '../../config/workload/profiles.ts'
import { defined, refuse } from '../base/index.ts'
import {
  buildSuites,
  estimate,
  estimateSeriesOf,
  estimateText,
  evaluateFor,
  isPreset,
  readProject,
  refuseBroken,
  resolveIn,
  scriptVariables,
  seriesText,
  type Estimate,
  type Project,
  type SeriesEstimate,
  type SuiteFailure,
} from '../project/index.ts'
import type { Manifest, SuiteOptions } from '../record/index.ts'
import { fitOf, fitText, holdsText, keptSizing, needOf, thisMachine } from '../distributed/index.ts'
import { givenOf, withSettings } from './options.ts'
import { out } from './output.ts'

/** `loadwright list`: suites with what a run would send, profiles, environments. */
export function addList(program: Command): void {
  withSettings(program.command('list').description('List suites, profiles, environments'))
    .option('--series', 'also how many series a run would have, before it has them')
    .option('--json', 'as JSON, described in docs/list.md')
    .addHelpText(
      'after',
      '\nExamples:\n  loadwright list --profile load --environment shop\n  loadwright list --profile load --series',
    )
    .action(async (flags: Record<string, unknown>) => {
      const project = await readProject()
      const { failures, ...list } = await listOf(project, flags)
      out(flags.json === true ? JSON.stringify(list, undefined, 2) : text(list))
      refuseBroken(failures)
    })
}

interface SuiteEntry {
  name: string
  source: string
  journeys: readonly string[]
  bytes: number
  /** What a run would ask for at most, under the settings given. */
  estimate: Estimate
  /** How many series it would have, where that was asked. */
  series?: SeriesEstimate
  /** What the load takes of this machine, where `size` has measured it. */
  sizing?: Sized
}

interface Sized {
  /** When it was measured, ISO 8601, and whether the suite is the same since. */
  at: string
  current: boolean
  /** How many machines like this the load needs, and how many k6 on each. */
  machines: number
  instances: number
  /** For each resource: the share of what is usable that the load takes. */
  shares: Partial<Record<string, number>>
  /** What one machine holds of it, in words. */
  holds: string
  /** Scenarios that were never measured, so that the load needs this at least; absent where there are none. */
  unknown?: readonly string[]
}

interface List {
  profile: string
  environment: string
  suites: SuiteEntry[]
  profiles: { name: string; meaning: string; phases: string[] }[]
  environments: {
    name: string
    target?: string
    scale: number
    hosts: readonly string[]
    profiles: readonly string[]
    caps: object
  }[]
}

/** What there is, and which suites are broken: those are told last, and stop no other. */
async function listOf(
  project: Project,
  flags: Readonly<Record<string, unknown>>,
): Promise<List & { failures: SuiteFailure[] }> {
  const { settings, problems, variables } = resolveIn(project, givenOf(flags), process.env)
  refuse(problems)
  const own = scriptVariables(process.env, [])
  const { built, failures } = await buildSuites(project, { env: own })
  const entries = await Promise.allSettled(
    built.map(async ({ manifest, code, map, path }): Promise<SuiteEntry> => {
      const evaluated = await evaluateFor(code, manifest.source, { ...own, ...variables }, map, dirname(path))
      const options = evaluated.exports.options as SuiteOptions
      const { suite: name, source, journeys, bytes, iteration } = manifest
      const series = flags.series === true && (await estimateSeriesOf(evaluated, settings.BASE_URL))
      return {
        name,
        source,
        journeys,
        bytes,
        estimate: estimate({ options, iteration }),
        ...(series ? { series } : {}),
        ...defined({ sizing: await sizedOf(project, manifest, options) }),
      }
    }),
  )
  const suites = entries.flatMap((entry) => (entry.status === 'fulfilled' ? [entry.value] : []))
  const late = entries.flatMap((entry, index) =>
    entry.status === 'rejected'
      ? [{ source: built[index]?.manifest.source ?? '', error: entry.reason as Error }]
      : [],
  )
  return {
    failures: [...failures, ...late],
    profile: settings.PROFILE,
    environment: settings.ENVIRONMENT,
    suites,
    profiles: Object.entries(PROFILES).map(([name, { stages }]) => ({
      name,
      meaning: PROFILE_WORDS[name as keyof typeof PROFILE_WORDS],
      phases: [...new Set(stages.map(({ phase }) => phase))],
    })),
    environments: Object.entries(environments(project.config)).map(
      ([name, { target, scale, hosts, profiles, caps }]) => ({
        name,
        ...(target === undefined ? {} : { target }),
        scale,
        hosts,
        profiles,
        caps,
      }),
    ),
  }
}

/** How a load under some options fits on this machine; undefined where its suite was never measured. */
async function sizedOf(
  { folder }: Project,
  { suite, sha256 }: Manifest,
  options: SuiteOptions,
): Promise<Sized | undefined> {
  const sizing = await keptSizing(folder, suite)
  if (!sizing) return undefined
  const [machine, need] = [thisMachine(), needOf(options, sizing)]
  const { machines, instances, rows } = fitOf(need, sizing.base, machine)
  return {
    at: sizing.at,
    current: sizing.sha256 === sha256,
    machines,
    instances,
    shares: Object.fromEntries(rows.map(({ resource, share }) => [resource, share])),
    holds: holdsText(need, sizing, machine),
    ...(need.unknown.length > 0 ? { unknown: need.unknown } : {}),
  }
}

const sizedText = ({ at, current, machines, instances, holds, unknown }: Sized): string =>
  `needs ${fitText({ machines, instances }, unknown)} like this; one holds ${holds} (measured ${at.slice(0, 10)}${current ? '' : ', changed since'}${unknown ? `, without ${unknown.join(', ')}` : ''})`

function text({ profile, environment, suites, profiles, environments }: List): string {
  const scale = environments.find(({ name }) => name === environment)?.scale
  return [
    `Suites (under profile ${profile}, environment ${environment})`,
    ...suites.flatMap(({ name, journeys, source, estimate, series, sizing }) => [
      `  ${name.padEnd(16)} ${journeys.join(', ')}  (${source}${isPreset(source) ? ', with its own profile and limits' : ''})`,
      ...[
        estimateText(estimate, scale),
        ...(sizing ? [sizedText(sizing)] : []),
        ...(series ? seriesText(series) : []),
      ].map((line) => ' '.repeat(19) + line),
    ]),
    '',
    'Profiles',
    ...profiles.map(({ name, meaning, phases }) => `  ${name.padEnd(16)} ${meaning} (${phases.join(' → ')})`),
    '',
    'Environments',
    ...environments.map(
      ({ name, target, hosts }) =>
        `  ${name.padEnd(16)} ${target ?? 'give --base-url'}; hosts: ${['loopback', ...hosts].join(', ')}`,
    ),
  ].join('\n')
}
