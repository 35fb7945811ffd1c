import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readProject } from '../../cli/project/build/config.ts'
import { buildNamed } from '../../cli/project/build/suites.ts'
import { aboutOf } from '../../cli/grafana/aboutOf.ts'
import { filesOf, type File } from '../../cli/grafana/index.ts'
import type { About } from '../../cli/grafana/about.ts'
import { dashboardParts } from '../../cli/grafana/panelsOf.ts'
import type { Dashboard } from '../../cli/grafana/schema.ts'
import { packageRoot } from '../../cli/base/package.ts'
import { lint } from './lint/index.ts'

/** Suites with own metrics of every kind; the first is the project's own. */
const SUITES = [undefined, 'examples/07-metrics.ts']

const made: { about: About; files: readonly File[] }[] = []
beforeAll(async () => {
  const project = await readProject(packageRoot)
  for (const name of SUITES) {
    const { manifest } = await buildNamed(project, name, { env: {} })
    const about = aboutOf([manifest])
    made.push({ about, files: filesOf(about) })
  }
}, 60_000)

test.each(SUITES.map((name, at) => [name ?? "the project's own suite", at] as const))(
  'dashboards, rules and provisioning of %s have no mistakes',
  async (_, at) => {
    const alerts = await readFile(join(packageRoot, 'docs/alerts.md'), 'utf8')
    const { about, files } = made[at] ?? {}
    if (!about || !files) throw new Error('nothing was generated')
    expect(files.length).toBeGreaterThan(0)
    const found = lint(files, about, { alerts })
    expect(found.map(({ file, where, problem }) => `${file} · ${where} · ${problem}`)).toEqual([])
  },
)

/** Ids from which on panels are of authors' metrics. */
const OWN = 10_000

test('a panel’s id stays with its title: links, embeds and alerts name it', async () => {
  const { files = [] } = made[0] ?? {}
  const panels = files.flatMap(({ path, text }) => {
    const name = /^dashboards\/\w+\/(\w+)\.json$/.exec(path)?.[1]
    if (name === undefined) return []
    return dashboardParts(JSON.parse(text) as Dashboard)
      .panels.filter(({ id }) => id < OWN)
      .map(({ id, title }) => `${name} ${id} ${title}`)
  })
  const lines = [...new Set(panels)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  // Where a title was changed on purpose: vitest --update. A new panel gets an id that no other had.
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('lint/ids.txt')
})
