import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readProject } from '../build/config.ts'
import { initProject } from './init.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-init-'))
})
afterEach(() => rm(folder, { recursive: true }))
const text = (name: string) => readFile(join(folder, name), 'utf8')
const put = (name: string, content: string) => writeFile(join(folder, name), content)

test('an empty folder becomes a project', async () => {
  const { written, left } = await initProject(folder)
  expect(left).toEqual([])
  expect(written).toEqual([
    ...[
      'suites/first.ts',
      'loadwright.config.ts',
      'suites/tsconfig.json',
      'suites/globals.d.ts',
      'package.json',
    ],
    '.gitignore',
  ])
  expect((await readdir(folder)).length).toBe(4)
  expect(await text('suites/first.ts')).toMatch(/journey\('visit'[^]*status\(200\)/)
  expect(JSON.parse(await text('package.json'))).toMatchObject({
    private: true,
    type: 'module',
    scripts: {
      smoke: 'loadwright run --profile smoke',
      load: 'loadwright run --profile load',
      types: 'tsc -p suites',
    },
  })
  expect(await text('.gitignore')).toBe('node_modules/\ndist/\nresults/\n')
})

test('what is there stays as it is', async () => {
  await mkdir(join(folder, 'suites'))
  await put('suites/first.ts', 'mine')
  await put('loadwright.config.mjs', 'mine')
  await put('suites/tsconfig.json', 'mine')
  await put('.gitignore', '/dist\n*.log')
  await put('package.json', '{\n\t"name": "mine",\n\t"scripts": { "load": "other" }\n}\n')
  const { written, left } = await initProject(folder)
  expect(written).toEqual(['package.json (scripts smoke, types)', '.gitignore (node_modules/, results/)'])
  expect(left).toEqual([
    'suites/first.ts: it is there already',
    'loadwright.config.mjs: it is there already',
    'suites/tsconfig.json: it is there already',
    'package.json: script "load" is there already',
  ])
  expect(await text('suites/first.ts')).toBe('mine')
  expect(await text('.gitignore')).toBe('/dist\n*.log\nnode_modules/\nresults/\n')
  expect(await text('package.json')).toBe(
    '{\n\t"name": "mine",\n\t"scripts": {\n\t\t"load": "other",\n\t\t"smoke": "loadwright run --profile smoke",\n\t\t"types": "tsc -p suites"\n\t}\n}\n',
  )
  expect(await initProject(folder)).toMatchObject({ written: [] })
})

test('a target becomes an environment, with its host allowed', async () => {
  await initProject(folder, 'https://shop.example.com/')
  // The config is read without the package: only what it exports counts here.
  const config = (await text('loadwright.config.ts')).replace(/import .*\n/, '').replace('defineConfig', '')
  await put('loadwright.config.ts', config)
  const { problems, config: read } = await readProject(folder)
  expect(problems).toEqual([])
  expect(read).toMatchObject({
    environment: 'dev',
    environments: { dev: { target: 'https://shop.example.com', hosts: ['shop.example.com'] } },
  })
  expect(await text('suites/first.ts')).not.toContain('/product/')
})

test('a wrong target and an unreadable package.json are refused before anything is written', async () => {
  await expect(initProject(folder, 'shop')).rejects.toThrow(/--target: got "shop"; allowed: a URL/)
  await put('package.json', '{')
  await expect(initProject(folder)).rejects.toThrow(/package.json cannot be read/)
  expect(await readdir(folder)).toEqual(['package.json'])
})
