import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shellText, type Plan } from '../project/index.ts'
import {
  cloudArguments,
  cloudEnvironment,
  configText,
  testName,
  toldSettings,
  writeConfig,
} from './command.ts'
import type { CloudPlan } from './plan.ts'

const plan = {
  settings: {
    PROFILE: 'load',
    BASE_URL: 'https://shop.example',
    TIME_BUDGET: 10_000,
    SCALE: 0.5,
    DURATION: 90_000,
  },
  variables: { PROFILE: 'load', DURATION: '1.5m', BASE_URL: 'https://shop.example/', SEED: '' },
  manifest: { suite: 'shop', options: { systemTags: ['status', 'name'] } },
} as unknown as Plan
const planned = { plan, cloud: {}, local: false, notes: [] } satisfies CloudPlan
const where = { id: 'run-1', folder: '/r/run-1', bundle: '/p/dist/shop.js', env: ['REGION=eu'], more: ['-v'] }

test('every setting is given: as it was written, else as it was resolved', () => {
  expect(toldSettings(plan)).toEqual({
    PROFILE: 'load',
    BASE_URL: 'https://shop.example/',
    TIME_BUDGET: '10s',
    SCALE: '0.5',
    DURATION: '1.5m',
  })
})

test('a plain script is given its target, and what was said', () => {
  const script = { ...plan, script: 'plain.js', variables: { SEED: '7' } }
  expect(toldSettings(script)).toEqual({ BASE_URL: 'https://shop.example', SEED: '7' })
})

test('the command has settings, own variables, the tags that the cloud needs, the bundle last', () => {
  expect(shellText(['k6', ...cloudArguments(planned, { ...where, config: '/p/dist/shop.cloud.json' })])).toBe(
    'k6 cloud run -e PROFILE=load -e BASE_URL=https://shop.example/ -e TIME_BUDGET=10s -e SCALE=0.5 -e DURATION=1.5m' +
      ' -e RUN_ID=run-1 -e REGION=eu --tag testid=run-1 --system-tags status,name,method,error,check,group' +
      ' --config /p/dist/shop.cloud.json -v /p/dist/shop.js',
  )
})

test('a run that is executed here leaves its figures here', () => {
  const args = cloudArguments({ ...planned, local: true }, where).join(' ')
  expect(args).toMatch(/^cloud run --local-execution .*-e SUMMARY=none/)
  expect(args).toContain('--summary-export /r/run-1/k6-summary.json')
  expect(args).not.toContain('--config')
})

test('a test has a name for each suite and profile, or the one that was given', () => {
  expect(testName(plan, {}, {})).toBe('shop load')
  expect(testName(plan, { name: 'own' }, {})).toBe('own')
  expect(testName(plan, { name: 'own' }, { K6_CLOUD_NAME: 'nightly' })).toBe('nightly')
  expect(testName({ ...plan, script: 'plain.js' }, {}, { K6_CLOUD_NAME: '' })).toBe('shop')
})

test('load zones and note reach k6 by a config file, written whole by any number of runs at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-command-'))
  try {
    const cloud = {
      project: 1,
      note: 'n',
      distribution: { a: { loadZone: 'amazon:us:ashburn', percent: 100 } },
    }
    const paths = await Promise.all(Array.from({ length: 20 }, () => writeConfig(folder, 'shop', cloud)))
    expect(new Set(paths)).toEqual(new Set([join(folder, 'dist/shop.cloud.json')]))
    expect(await readdir(join(folder, 'dist'))).toEqual(['shop.cloud.json'])
    expect(JSON.parse(await readFile(paths[0] ?? '', 'utf8'))).toEqual({
      cloud: { note: 'n', distribution: cloud.distribution },
    })
    expect(await writeConfig(folder, 'other', { project: 1 })).toBeUndefined()
    expect(configText({})).toBeUndefined()
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('k6’s environment has no variable that would falsify the run, and no empty token', () => {
  const shell = {
    PATH: '/bin',
    K6_EXIT_ON_RUNNING: 'true',
    K6_INCLUDE_SYSTEM_ENV_VARS: 'true',
    K6_CLOUD_TOKEN: '',
  }
  expect(cloudEnvironment(shell, { K6_CLOUD_NAME: 'shop load' })).toEqual({
    env: { PATH: '/bin', K6_CLOUD_NAME: 'shop load' },
    removed: ['K6_INCLUDE_SYSTEM_ENV_VARS', 'K6_EXIT_ON_RUNNING'],
  })
})
