// Makes the runs of `npm run bench:verdict`: ordinary records, in a folder for each kind.
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath, URL } from 'node:url'
import { KINDS, LOAD } from './kinds.mjs'
import { LANES } from './schedule.mjs'

/** Processes that keep a CPU busy, for each CPU. */
const BUSY_PER_CPU = 4
const INTERRUPTED = 105

const here = fileURLToPath(new URL('.', import.meta.url))
const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url))
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`)

/**
 * Makes the runs that are not there yet, and says how far it is; SIGINT ends it, and what is made stays.
 * @param {string} folder @param {import('./schedule.mjs').Job[][]} stretches
 */
export async function makeRuns(folder, stretches) {
  const missing = stretches.map((jobs) => jobs.filter(({ kind, id }) => !existsSync(join(folder, kind, id))))
  const all = missing.flat().length
  let [done, stopped] = [0, false]
  const began = performance.now()
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const running = new Set()
  const stop = () => {
    stopped = true
    for (const child of running) child.kill('SIGINT')
  }
  process.on('SIGINT', stop)
  for (const jobs of missing) {
    const busy = jobs.some(({ kind }) => KINDS[kind]?.busy) ? keepBusy() : () => undefined
    const waiting = [...jobs]
    const lane = async () => {
      for (let job = waiting.shift(); job && !stopped; job = waiting.shift()) {
        await make(folder, job, running)
        done++
        const minutes = (((performance.now() - began) / done) * (all - done)) / 60_000
        say(`${done} of ${all} runs, about ${Math.ceil(minutes)} min left: ${job.id}`)
      }
    }
    try {
      await Promise.all(Array.from({ length: LANES }, lane))
    } finally {
      busy()
    }
  }
  process.off('SIGINT', stop)
  if (stopped) say(`stopped after ${done} of ${all} runs: --resume ${folder} goes on`)
}

/**
 * One run; what was interrupted, or left no record, is removed, so that it is made anew.
 * @param {string} folder @param {import('./schedule.mjs').Job} job
 * @param {Set<import('node:child_process').ChildProcess>} running
 */
async function make(folder, { kind, id }, running) {
  const faults = (KINDS[kind]?.faults ?? []).flatMap((fault) => ['--fault', fault])
  const args = [cli, 'run', 'shopping', ...LOAD, ...faults, '--run-id', id, '--seed', seedOf(id), '--no-open']
  const child = spawn(process.execPath, [...args, '--results', join(folder, kind)], {
    cwd: here,
    stdio: 'ignore',
  })
  running.add(child)
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  running.delete(child)
  if (code === INTERRUPTED || code === null) rmSync(join(folder, kind, id), { recursive: true, force: true })
  else if (!existsSync(join(folder, kind, id, 'run.json')))
    throw new Error(`${id} left no record: exit code ${code}`)
}

/** Draws of its own for each run, the same if it is made again: the shop draws the same ones for the same seed. */
const seedOf = (/** @type {string} */ id) =>
  String([...id].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7))

/** Keeps all CPUs busy; gives what ends it. */
function keepBusy() {
  const busy = Array.from({ length: availableParallelism() * BUSY_PER_CPU }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  )
  return () => busy.forEach((one) => one.kill())
}
