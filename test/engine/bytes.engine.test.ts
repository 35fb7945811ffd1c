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

/** How one bundle ends in each of the five ways that it can be run. */
async function fiveWays(target: string) {
  const file = await bundle()
  const before = sha256(readFileSync(file))
  const at = `BASE_URL=${target}`
  const load = await k6(['run', ...by(at, 'DURATION=3s'), file])
  const profile = await k6(['run', ...by(at, 'PROFILE=load', ...SHORT), file])

  const tar = join(folder(), 'boutique.tar')
  await k6(['archive', ...by(at, 'DURATION=3s'), '-O', tar, file])
  const archived = await k6(['run', tar])

  const cloud = await startCloud({ execute: target })
  // A host of the environment `dev`; the stand-in for the Cloud sends what it executes to the target.
  const there = by('ENVIRONMENT=dev', 'BASE_URL=http://shop.ngrok-free.app', 'DURATION=3s')
  const cloudRun = await k6(['cloud', 'run', '--show-logs=false', ...there, file], {
    env: { HOME: folder(), ...cloud.env },
  })

  const place = folder()
  const script = join(place, '123456789.js')
  copyFileSync(file, script)
  const files = { script, log: join(place, 'run.log'), samples: join(place, 'samples.json') }
  // A private agent leaks its own environment: the one way to give a target to a bundle that has none baked.
  const env = { ...agentEnvironment(undefined, place), BASE_URL: target }
  const monitor = await k6(agentArguments(files), { env, cwd: place })

  const uploaded = cloud.archive().sha256
  return {
    codes: [load, profile, archived, cloudRun, monitor].map(({ code }) => code),
    hashes: new Set([before, sha256(readFileSync(file)), uploaded, sha256(readFileSync(script))]),
    log: readFileSync(files.log, 'utf8'),
  }
}

test('the same bytes pass in five ways', async () => {
  const { codes, hashes } = await fiveWays(await shop())
  expect(codes).toEqual([0, 0, 0, 0, 0])
  expect(hashes.size).toBe(1)
})

test('the same bytes say in five ways that the shop is broken', async () => {
  const { codes, hashes, log } = await fiveWays(await shop('errors=/cart/checkout:1'))
  expect(codes).toEqual([99, 99, 99, 99, 110])
  expect(hashes.size).toBe(1)
  expect(log).toMatch(/test marked as failed: checkout › place order: /)
})
