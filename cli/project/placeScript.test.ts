import { expect, test } from 'vitest'
import { ENVIRONMENTS, PLAIN, type Environment } from '../../config/environments.ts'
import type { Settings } from '../../config/settings/settings.ts'
import { placeScript, type Told } from './placeScript.ts'
import type { Script } from './script.ts'

const script = (url: string): Script => ({
  source: 'a.js',
  path: '/nowhere/a.js',
  code: `import http from 'k6/http'\nexport default () => http.get(${url})`,
  asksTarget: url.includes('BASE_URL'),
  files: [],
})
const OWN = "__ENV.BASE_URL || 'http://127.0.0.1:4100'"
const NEEDY = "__ENV.BASE_URL + '/'"
const told = (environment: Environment, more: Partial<Told> = {}): Told => ({
  settings: { BASE_URL: environment.target, ENVIRONMENT: 'shop' } as Settings,
  environment,
  variables: {},
  embedded: environment.target !== undefined,
  named: undefined,
  own: {},
  ...more,
})
const { shop = PLAIN } = ENVIRONMENTS

test('a script with a target of its own is told none, whatever the project says', async () => {
  for (const named of [undefined, 'shop']) {
    const placed = await placeScript(script(OWN), told(shop, { named }))
    expect(placed).toMatchObject({ embedded: false, variables: {}, settings: { BASE_URL: '' } })
    expect(placed.settings.ENVIRONMENT).toBe(named ?? 'none')
  }
})

test('a script that cannot do without gets the target of the environment that was named, and is refused without', async () => {
  expect(await placeScript(script(NEEDY), told(shop, { named: 'shop' }))).toMatchObject({
    embedded: true,
    variables: { BASE_URL: 'http://127.0.0.1:8080' },
  })
  for (const one of [told(shop), told(PLAIN, { named: 'staging' })])
    await expect(placeScript(script(NEEDY), one)).rejects.toThrow(
      /BASE_URL: got nothing; allowed: a target, because a\.js reads __ENV\.BASE_URL.*Give --base-url URL/,
    )
})

test('a target that somebody gave is handed on', async () => {
  const variables = { BASE_URL: 'http://127.0.0.1:1' }
  expect(await placeScript(script(OWN), told(shop, { variables }))).toMatchObject({
    embedded: false,
    variables,
  })
})
