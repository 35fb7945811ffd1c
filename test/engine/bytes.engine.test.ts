import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agentArguments, agentEnvironment } from '../../cli/monitor/agent/command.ts'
import { startCloud } from './cloudFake.ts'
import { bundle, folder, k6, shop } from './harness.ts'

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex')
const SHORT = ['RAMP_UP=1s', 'WARM_UP=1s', 'DURATION=4s', 'RAMP_DOWN=1s', 'SCALE=0.3']
const by = (...pairs: string[]): string[] => pairs.flatMap((pair) => ['-e', pair])

/** How a script ends as a monitor, and what it logs. */
async function asMonitor(file: string, target: string) {
  const place = folder()
  const script = join(place, '123456789.js')
  copyFileSync(file, script)
  const files = { script, log: join(place, 'run.log'), samples: join(place, 'samples.json') }
  // A private agent leaks its own environment: the one way to give a target to a bundle that has none baked.
  const env = { ...agentEnvironment(undefined, place), BASE_URL: target }
  const { code } = await k6(agentArguments(files, 'scripted'), { env, cwd: place })
  return { code, hash: sha256(readFileSync(script)), log: readFileSync(files.log, 'utf8') }
}

/** How a script ends in the Cloud, whose stand-in sends what it executes to the target. */
async function inCloud(file: string, target: string) {
  const cloud = await startCloud({ execute: target })
  // A host of the environment `dev`.
  const there = by('ENVIRONMENT=dev', 'BASE_URL=http://shop.ngrok-free.app', 'DURATION=3s')
  const { code } = await k6(['cloud', 'run', '--show-logs=false', ...there, file], {
    env: { HOME: folder(), ...cloud.env },
  })
  return { code, hash: cloud.archive().sha256 }
}

/** How one bundle ends in each of the five ways that it can be run. */
async function fiveWays(target: string) {
  const file = await bundle()
  const before = sha256(readFileSync(file))
  const at = `BASE_URL=${target}`
  const tar = join(folder(), 'boutique.tar')
  const [load, profile, archived, cloud, monitor] = await Promise.all([
    k6(['run', ...by(at, 'DURATION=3s'), file]),
    k6(['run', ...by(at, 'PROFILE=load', ...SHORT), file]),
    k6(['archive', ...by(at, 'DURATION=3s'), '-O', tar, file]).then(() => k6(['run', tar])),
    inCloud(file, target),
    asMonitor(file, target),
  ])
  return {
    codes: [load, profile, archived, cloud, monitor].map(({ code }) => code),
    hashes: new Set([before, sha256(readFileSync(file)), cloud.hash, monitor.hash]),
    log: monitor.log,
  }
}

test.concurrent('the same bytes pass in five ways', async () => {
  const { codes, hashes } = await fiveWays(await shop())
  expect(codes).toEqual([0, 0, 0, 0, 0])
  expect(hashes.size).toBe(1)
})

test.concurrent('the same bytes say in five ways that the shop is broken', async () => {
  const { codes, hashes, log } = await fiveWays(await shop('errors=/cart/checkout:1'))
  expect(codes).toEqual([99, 99, 99, 99, 110])
  expect(hashes.size).toBe(1)
  expect(log).toMatch(/test marked as failed: checkout › place order: /)
})
