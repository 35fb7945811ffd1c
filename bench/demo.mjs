// `npm run demo:regress`: five runs of the embedded shop, one with a step that is 300 ms slower, and the gate: exit code 99.
// `npm run demo:noise`: the same, but the machine is kept busy during the last run: the comparison cannot tell.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'

/** Runs of the baseline, and how often one is tried until so many have passed. */
const RUNS = 5
const MOST_TRIES = 8
/** Made side by side: the load is small, and most of a run is waiting. */
const LANES = 2
/** Short, and with enough orders for a median. */
const SHORT = [
  '--scale',
  '0.5',
  '--profile',
  'load',
  '--ramp-up',
  '1s',
  '--warm-up',
  '1s',
  '--duration',
  '12s',
  '--ramp-down',
  '1s',
]
const SLOWER = ['--fault', 'latency=/cart/checkout:300']
/** Processes that keep a CPU busy, for each CPU. */
const BUSY_PER_CPU = 4

const cli = fileURLToPath(new URL('../dist/cli.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'loadwright-demo-'))
const places = ['--results', join(folder, 'results'), '--baselines', join(folder, 'baselines')]
const files = ['--waivers', join(folder, 'waivers.yaml'), '--audit', join(folder, 'audit.ndjson')]

const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`)

/** Runs a command of loadwright without its output; its exit code. @returns {Promise<number | null>} */
const quietly = (/** @type {string[]} */ ...args) =>
  new Promise((resolve, reject) =>
    spawn(process.execPath, [cli, ...args], { stdio: 'ignore' })
      .on('error', reject)
      .on('close', resolve),
  )

/** Runs a command of loadwright as a person would see it; its exit code. */
function shown(/** @type {string[]} */ ...args) {
  say(`\n$ npx loadwright ${args.join(' ')}\n`)
  return spawnSync(process.execPath, [cli, ...args, ...places, ...(args[0] === 'gate' ? files : [])], {
    stdio: 'inherit',
  }).status
}

/** Makes a short run; its exit code. */
async function run(/** @type {string} */ name, /** @type {string[]} */ ...more) {
  const code = await quietly(
    'run',
    'boutique',
    ...SHORT,
    ...more,
    '--no-open',
    '--results',
    join(folder, 'results'),
  )
  say(`${name}: ${code === 0 ? 'pass' : `exit code ${code}`}`)
  return code
}

/** Keeps all CPUs busy; ends it. */
function keepBusy() {
  const busy = Array.from({ length: availableParallelism() * BUSY_PER_CPU }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  )
  return () => busy.forEach((one) => one.kill())
}

say(`Five runs of the embedded shop, 12 s each, in ${folder}`)
let [passed, tried] = [0, 0]
async function lane() {
  while (passed < RUNS && tried < MOST_TRIES) if ((await run(`run ${++tried}`)) === 0) passed++
}
await Promise.all(Array.from({ length: LANES }, lane))

if (process.argv[2] === 'noise') {
  const end = keepBusy()
  await run('the same, on a machine that is busy')
  end()
} else await run('the same, but orders take 300 ms longer', ...SLOWER)

shown('compare')
process.exitCode = shown('gate') ?? 1
