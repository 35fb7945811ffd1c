// npm run fuzz [-- commands]: thousands of odd inputs in this process, then odd command lines for the built CLI, each in a
// project that `init` made. Fails on a stack trace, on an exit code that no page documents, on more than ten seconds.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'

const root = process.cwd()
const commands = Number(process.argv[2] ?? 100)
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const inProcess = spawnSync(process.execPath, [vitest, 'run', '--project', 'unit', 'test/fuzz'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ: '1' },
})

const CODES = [0, 1, 95, 96, 99, 104, 105]
const LINES = [
  ['run', '--dry-run'],
  ['run', '--dry-run', '--'],
  ['list'],
  ['build', '--outdir', 'out'],
  ['check'],
  ['runs'],
  ['show'],
  ['report'],
  ['forward', '--dry-run'],
  ['monitor', 'plan'],
  ['monitor', 'render'],
  ['grafana', '--out', 'grafana'],
  ['doctor'],
  ['annotate'],
  ['nosuch'],
]
const FLAGS = [
  '--environment',
  '--profile',
  '--set',
  '--base-url',
  '--duration',
  '--rate',
  '--seed',
  '--results',
  '-e',
  '--fault',
]
const WORDS = [
  ...[
    '__proto__',
    'constructor',
    'first',
    'suites/first.ts',
    'suites',
    'x.js',
    'gone.js',
    'a.tar',
    'binary.js',
    'empty.ts',
  ],
  ...[
    '.',
    '..',
    '/',
    '/dev/null',
    '',
    ' ',
    '=',
    'A=B',
    '__proto__=1',
    '1e999',
    '-1',
    'x'.repeat(300),
    'é\u2028🦊',
    'http://[',
    '{}',
  ],
]

const home = mkdtempSync(join(tmpdir(), 'loadwright-fuzz-'))
const cli = join(root, 'dist/cli.mjs')
const run = (args) =>
  spawnSync(process.execPath, [cli, ...args], {
    cwd: home,
    encoding: 'utf8',
    timeout: 10_000,
    killSignal: 'SIGKILL',
    input: '',
  })
let failed = inProcess.status !== 0
try {
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
  run(['init', '--yes'])
  symlinkSync('nowhere.js', join(home, 'gone.js'))
  writeFileSync(join(home, 'a.tar'), 'no archive')
  writeFileSync(
    join(home, 'binary.js'),
    Uint8Array.from({ length: 500 }, (_, at) => (at * 89) % 256),
  )
  writeFileSync(join(home, 'empty.ts'), '')
  const word = fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...FLAGS))
  const lines = fc.tuple(fc.constantFrom(...LINES), fc.array(word, { maxLength: 4 }))
  for (const [line, words] of fc.sample(lines, commands)) {
    const args = [...line, ...words]
    const { status, signal, stdout, stderr } = run(args)
    const said = `${stdout}${stderr}`
    if (CODES.includes(status) && !/\n\s+at .+:\d+|a defect of loadwright/.test(said)) continue
    failed = true
    process.stderr.write(`\n${JSON.stringify(args)}: ${signal ?? `exit ${status}`}\n${said.slice(0, 2000)}\n`)
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
process.stdout.write(`${commands} command lines\n`)
process.exitCode = failed ? 1 : 0
