import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { expect, test } from 'vitest'
import { aboutProject, filesOf } from '../../cli/grafana/index.ts'
import { panelsOf } from '../../cli/grafana/panelsOf.ts'
import { packageRoot } from '../../cli/base/package.ts'
import type { Empty } from '../../cli/grafana/emptyWhenHealthy.ts'
import { dashboardsOf } from './queries.ts'

const folder = join(packageRoot, 'grafana')
const files = filesOf(await aboutProject(['boutique']))

test('what is committed is what is generated, and nothing else', async () => {
  const committed = await glob('**', { cwd: folder, dot: true })
  expect(committed.toSorted()).toEqual(files.map(({ path }) => path).toSorted())
  const differ = files.filter(({ path, text }) => readFileSync(join(folder, path), 'utf8') !== text)
  expect(
    differ.map(({ path }) => path),
    'npm run grafana writes them anew',
  ).toEqual([])
})

test('what may be empty is a panel, once', () => {
  const text = files.find(({ path }) => path === 'empty-when-healthy.json')?.text ?? ''
  const entries = JSON.parse(text) as Empty[]
  const titles = ['native', 'influxdb'].flatMap((naming) =>
    dashboardsOf(files, naming).flatMap(({ name, dashboard }) =>
      panelsOf(dashboard).flatMap(({ title }) => [`${name} · ${title}`, `${naming}/${name} · ${title}`]),
    ),
  )
  const named = entries.map(({ dashboard, panel }) => `${dashboard} · ${panel}`)
  expect(named.filter((one) => !titles.includes(one))).toEqual([])
  expect(new Set(named).size).toBe(named.length)
  expect(entries.filter(({ why }) => why.length < 20)).toEqual([])
})
