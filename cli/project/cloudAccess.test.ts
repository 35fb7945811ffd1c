import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloudAccess } from './cloudAccess.ts'

const TOKEN = 't0ken-of-the-login'
let home = ''
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'loadwright-access-'))
  await mkdir(join(home, '.config/k6'), { recursive: true })
  const cloud = {
    token: TOKEN,
    stackID: 1,
    stackURL: 'https://a.grafana.net',
    defaultProjectID: 2,
    host: null,
  }
  await writeFile(join(home, '.config/k6/config.json'), JSON.stringify({ collectors: { cloud } }))
  await writeFile(join(home, 'broken.json'), '{')
})
afterAll(() => rm(home, { recursive: true }))

const SHELL = { K6_CLOUD_TOKEN: 'mine', K6_CLOUD_STACK_ID: '10', K6_CLOUD_PROJECT_ID: '20' }

test('the shell goes before the script, that before the config, that before the login', async () => {
  const config = { project: 21, stack: 11 }
  const own = { projectID: 22 }
  expect(await cloudAccess({ HOME: home, ...SHELL }, config, own)).toMatchObject({
    token: 'mine',
    stack: 10,
    project: 20,
    problems: [],
    env: { ...SHELL, K6_CLOUD_STACK_URL: 'https://a.grafana.net' },
  })
  expect(await cloudAccess({ HOME: home }, config, own)).toMatchObject({
    token: TOKEN,
    stack: 11,
    project: 22,
  })
  expect(await cloudAccess({ HOME: home }, config)).toMatchObject({ stack: 11, project: 21 })
  expect(await cloudAccess({ HOME: home, K6_CLOUD_TOKEN: '' })).toMatchObject({
    token: TOKEN,
    stack: 1,
    project: 2,
  })
})

test('without a token there is one sentence, which says where to get one', async () => {
  for (const shell of [{ HOME: '/nowhere' }, { HOME: '/nowhere', K6_CONFIG: join(home, 'broken.json') }])
    expect((await cloudAccess(shell)).absent).toMatch(
      /^K6_CLOUD_TOKEN is not set: .*https:\/\/.* cloud login$/,
    )
  expect(await cloudAccess({ HOME: home })).not.toHaveProperty('absent')
})

test('a stack and a project are needed, each a whole number', async () => {
  const { problems } = await cloudAccess({
    HOME: '/nowhere',
    K6_CLOUD_TOKEN: 'mine',
    K6_CLOUD_STACK_ID: 'shop',
  })
  expect(problems.map(({ where, got }) => [where, got])).toEqual([
    ['K6_CLOUD_STACK_ID', '"shop"'],
    ['K6_CLOUD_PROJECT_ID', 'nothing'],
  ])
})
