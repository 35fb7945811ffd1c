import { CommanderError, type Command } from 'commander'
import { expect, test } from 'vitest'
import { SETTINGS } from '../../config/settings/settings.ts'
import { flagOf } from '../project/index.ts'
import { program } from './index.ts'
import { givenOf } from './options.ts'

const all = (command: Command): Command[] => [command, ...command.commands.flatMap((each) => all(each))]
const commands = all(program()).filter((command) => command.parent)
const named = commands.map((command) => [nameOf(command), command] as const)

function nameOf(command: Command): string {
  return command.parent
    ? `${nameOf(command.parent)} ${command.name()}`.replace('loadwright ', '')
    : command.name()
}
/** What a command writes, without the width of whoever's terminal. */
async function said(...args: string[]): Promise<{ text: string; error: unknown }> {
  let text = ''
  const made = program()
  for (const command of all(made))
    command.configureOutput({
      writeOut: (part) => (text += part),
      writeErr: (part) => (text += part),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    })
  const error: unknown = await made.parseAsync(args, { from: 'user' }).catch((thrown: unknown) => thrown)
  return { text, error }
}

test('these are the commands', () => {
  expect(named.map(([name]) => name)).toEqual([
    ...[
      'init',
      'import',
      'preset',
      'preset list',
      'preset show',
      'preset eject',
      'preset schema',
      'run',
      'dev',
      'runs',
      'show',
      'report',
      'compare',
      'gate',
      'watch',
      'history',
      'ab',
      'audit',
      'audit show',
      'audit verify',
      'baseline',
      'baseline set',
      'baseline list',
      'baseline show',
      'baseline drop',
      'slo',
      'forward',
      'annotate',
      'list',
      'size',
      'build',
      'check',
    ],
    ...['monitor', 'monitor test', 'monitor plan', 'monitor render', 'monitor apply', 'monitor pull'],
    ...[
      'grafana',
      'stack',
      'stack prometheus',
      'cloud',
      'cloud run',
      'collect',
      'kubernetes',
      'kubernetes render',
      'kubernetes run',
      'kubernetes status',
      'kubernetes logs',
      'kubernetes collect',
      'kubernetes delete',
      'shop',
      'k6',
      'k6 install',
      'k6 path',
      'doctor',
    ],
  ])
})

test.each(named)('%s says what it does, and each of its flags does', (_, command) => {
  expect(command.description()).toMatch(/^[A-Z].*[^.]$/)
  for (const { long, description } of command.options) expect(description, long ?? '').not.toBe('')
})

test.each(named)('%s --help renders, with an example', async (name) => {
  const { text, error } = await said(...name.split(' '), '--help')
  expect(error).toBeInstanceOf(CommanderError)
  expect(text).toMatch(new RegExp(`^Usage: loadwright ${name} `))
  expect(text).toMatch(new RegExp(`Examples?:[^]*loadwright ${name}`))
})

test.each(named)('no two flags of %s are spelt alike', (_, command) => {
  const flags = command.options.flatMap(({ short, long }) =>
    [short, long].filter((flag) => flag !== undefined),
  )
  expect(flags.toSorted()).toEqual([...new Set(flags)].toSorted())
})

test.each(['run', 'dev', 'list', 'doctor'])(
  'every setting has its flag in %s, and the flag reaches it',
  (name) => {
    const command = named.find(([each]) => each === name)?.[1]
    const settings = Object.keys(SETTINGS).filter(
      (setting) => !['SUMMARY', 'SPANS', 'TUNNEL_URL'].includes(setting),
    )
    const flags = settings.map((setting) => `--${flagOf(setting)}`)
    expect(command?.options.map(({ long }) => long)).toEqual(expect.arrayContaining(flags))
    command?.parseOptions(flags.flatMap((flag) => [flag, `value of ${flag}`]))
    expect(givenOf(command?.opts() ?? {}).flags).toEqual(
      Object.fromEntries(settings.map((setting) => [setting, `value of --${flagOf(setting)}`])),
    )
  },
)

test('--set is gathered', () => {
  const command = named.find(([each]) => each === 'list')?.[1]
  command?.parseOptions(['--set', 'A=1', '--set', 'B=2'])
  expect(givenOf(command?.opts() ?? {}).set).toEqual(['A=1', 'B=2'])
  expect(givenOf({}).set).toEqual([])
})

test.each([
  [['rum'], "error: unknown command 'rum'\n(Did you mean run?)\n"],
  [['run', '--profil', 'load'], "error: unknown option '--profil'\n(Did you mean --profile?)\n"],
  [['run', '--profile'], "error: option '--profile <value>' argument missing\n"],
])('%j is refused with what was meant', async (args, text) => {
  const answer = await said(...args)
  expect(answer.text).toBe(text)
  expect(answer.error).toMatchObject({ exitCode: 1 })
})

test('loadwright --help lists its commands', async () => {
  expect((await said('--help')).text).toMatchInlineSnapshot(`
    "Usage: loadwright [options] [command]

    Performance tests for k6, written once as journeys

    Options:
      -V, --version               output the version number
      -h, --help                  display help for command

    Commands:
      init                        Write a first suite, config and npm scripts
      import [file]               Make a suite of a recording, a collection, a script or an API document
      preset                      Load tests in YAML: list them, show them, eject them as TypeScript
      run [suite]                 Run a suite on k6, judge it, leave a record
      dev [name]                  Make a pass after every change, and show every step
      runs                        List the runs that left a record, newest first
      show [run]                  Show a run in full: its report, settings, where it came from, its
                                  files
      report [run]                Show a run again: as text, HTML, Markdown, JUnit or JSON
      compare [base] [candidate]  Compare a run with earlier ones: better, same, worse or cannot tell,
                                  and why
      gate [run]                  Decide whether a run may go on: its thresholds, and whether it is
                                  worse than before
      watch [suite]               Watch a canary beside the stable version after a deployment: promote,
                                  hold or roll back
      history                     Show the trend of runs: what changed, at which commit, and who
                                  answered for what
      ab [suite]                  Load two targets in turn on one machine: is the candidate worse?
      audit                       Read the log of what gates let through: waivers that were used, and
                                  overrides
      baseline                    Keep sets of comparable runs as small files, to compare runs with
      slo                         List SLOs and tolerances: who answers for them, and how they held in
                                  the newest runs
      forward [run]               Send the samples of former runs that still wait for their server
      annotate [run]              Write the markers of a run into Grafana: start, phases, end, verdict
      list                        List suites, profiles, environments
      size [suite]                Measure what one machine can hold of a suite
      build [suite]               Bundle suites into one file each for k6
      check [name]                Check that a script runs everywhere: load test, Cloud, monitor
      monitor                     Try a suite as a synthetic monitor, and keep monitors as code
      grafana                     Write dashboards and alerts as code, from what suites declare
      stack                       Prometheus, Tempo, Grafana and Alertmanager for this machine: how to
                                  start them
      cloud                       Run suites in Grafana Cloud
      collect [suite]             Take the pushes of k6 on other machines, judge them as one run
      kubernetes                  Run suites in a Kubernetes cluster by k6-operator, as one run
      shop                        Serve the embedded shop; its URL is on the first line
      k6                          Say which k6 is used and why
      doctor                      Say what is there, what is missing, what to type
      help [command]              display help for command

    Start with:
      loadwright init            write a first suite
      loadwright run             run it: a verdict and a record
      loadwright dev             run it after every change
      loadwright doctor          what is there, what is missing, what to type

    loadwright <command> --help has examples of each.
    "
  `)
})

test.each(['run', 'collect', 'ab'])(
  '%s takes one suite: another word is no argument of k6’s',
  async (name) => {
    const { error } = await said(name, 'one.js', 'other.js')
    expect(String(error)).toMatch(/suite: got "one.js" and "other.js"; allowed: one/)
  },
)
