import { mkdtemp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readProject } from '../cli/project/build/config.ts'
import { evaluateFor } from '../cli/project/build/evaluated.ts'
import { buildNamed } from '../cli/project/build/suites.ts'
import { environments } from '../config/environments.ts'
import { packageRoot } from '../cli/base/package.ts'

const readme = await readFile(join(packageRoot, 'README.md'), 'utf8')
/** The TypeScript blocks, by the file that their first line names. */
const blocks = [...readme.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)].map(([, file, code]) => ({
  file: file!,
  code: code!,
}))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(packageRoot, 'node_modules/.readme-'))
  await mkdir(join(folder, 'node_modules'))
  await symlink(packageRoot, join(folder, 'node_modules/loadwright'))
  for (const { file, code } of blocks) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), code)
  }
})
afterAll(() => rm(folder, { recursive: true }))

test('every TypeScript block names its file', () => {
  expect(readme.match(/```ts\n/g)).toHaveLength(blocks.length)
})

test('the blocks make a project: the config is valid, the suite builds and passes a single pass', async () => {
  const project = await readProject(folder)
  expect(environments(project.config).staging?.caps.vus).toBe(200)
  const { manifest, code } = await buildNamed(project, 'mugs')
  expect(manifest.journeys).toEqual(['buy a mug', 'browse'])
  const seen = await (await evaluateFor(code, 'mugs', {})).iterate()
  expect(seen.errors).toEqual([])
  expect(seen.requests.map(({ tags }) => tags.name)).toContain('add-to-cart')
})

test('what it links to is there', async () => {
  for (const [, link] of readme.matchAll(/\]\(([\w./-]+)\)/g))
    await expect(
      readFile(join(packageRoot, link!)).catch((error: unknown) => (error as NodeJS.ErrnoException).code),
    ).resolves.not.toBe('ENOENT')
})
