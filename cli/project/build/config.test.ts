import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { message } from '../../../config/problem/problem.ts'
import { packageRoot } from '../../base/index.ts'
import { forBundle, readProject } from './config.ts'

let folder = ''
beforeEach(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'loadwright-config-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(text: string) {
  await writeFile(join(folder, 'loadwright.config.ts'), text)
  const { config, problems, doubts } = await readProject(folder)
  return { config, told: message(problems), doubted: ['shop', 'qa', 'lab'].filter(doubts) }
}

test('without a config everything has its default; one without problems is taken as it is', async () => {
  expect(await readProject(folder)).toMatchObject({ folder, config: {}, problems: [] })
  const { config, doubted } = await read(`export default { suite: 'x', environments: { qa: { scale: 2 } } }`)
  expect({ config, doubted }).toEqual({
    config: { suite: 'x', environments: { qa: { scale: 2 } } },
    doubted: [],
  })
})

test('the environment that is meant where none is named must be one', async () => {
  const text = `export default { environment: 'qa', environments: { qa: {} } }`
  expect(await read(text)).toMatchObject({ config: { environment: 'qa' }, doubted: [] })
  const { config, told } = await read(`export default { environment: 'qq', environments: { qa: {} } }`)
  expect(config).toEqual({ environments: { qa: {} } })
  expect(told).toMatch(/loadwright\.config\.ts: environment: got "qq"; allowed: shop.*qa. Did you mean "qa"/)
})

test('with problems, what is valid is kept, and environments that are not are in doubt', async () => {
  const text = `export default { suit: 'x', suites: 5, suite: 'y', environments: { qa: { scale: 'big' }, lab: {} } }`
  const { config, told, doubted } = await read(text)
  expect({ config, doubted }).toEqual({ config: { suite: 'y', environments: { lab: {} } }, doubted: ['qa'] })
  expect(told).toMatch(/^3 problems:\n.*"suit".*\n.*suites: got "5".*\n.*environments\.qa\.scale: got "big"/)
})

test.each([
  [`export default { environment: {} }`, /environment: got "\{\}"; allowed: a text/],
  [`export default { environmets: {} }`, /"environmets";.*Did you mean "environments"/],
  [`export default { environments: 5 }`, /environments: got "5"/],
  [`export const config = {}`, /loadwright\.config\.ts: got "null"/],
  [`const = 5`, /loadwright\.config\.ts:1:6: Expected identifier/],
  [`throw { toString() { throw 1 } }`, /loadwright\.config\.ts: something was thrown that is no error/],
  [`throw null`, /loadwright\.config\.ts: null/],
  [`await Promise.reject(new Error('not there'))`, /loadwright\.config\.ts: not there/],
  [`throw new Error('not today')`, /loadwright\.config\.ts: not today/],
])('%s leaves every environment in doubt', async (text, expected) => {
  const { config, told, doubted } = await read(text)
  expect(told).toMatch(/^1 problem:/)
  expect(told).toMatch(expected)
  expect(doubted).toEqual(['shop', 'qa', 'lab'])
  expect(config.environments ?? {}).toEqual({})
})

test.each([
  ['await Promise.reject(new Error("awaited")); export default {}', 'awaited'],
  ['throw 5; export default {}', '5'],
])('a config that does not come to its end is refused: %s', async (text, why) => {
  await writeFile(join(folder, 'loadwright.config.ts'), text)
  const { problems } = await readProject(folder)
  expect(problems).toEqual([`loadwright.config.ts: ${why}`])
})

test('a bundle has the limits of an environment, and not who answers for them', () => {
  const owned = { thresholds: ['p(95)<500'], owner: 'team-orders' }
  const environments = { qa: { scale: 2, slos: { http_req_duration: owned, checks: ['rate>0.9'] } }, lab: {} }
  expect(forBundle({ suite: 'x', environments })).toEqual({
    environments: {
      qa: { scale: 2, slos: { http_req_duration: ['p(95)<500'], checks: ['rate>0.9'] } },
      lab: {},
    },
  })
})
