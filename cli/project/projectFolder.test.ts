import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { projectFolder } from './projectFolder.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loadwright-folder-'))
})
afterEach(() => rmSync(root, { recursive: true }))
const put = (...names: string[]): void => {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), '')
  }
}
const at = (name: string): string => projectFolder(join(root, name)).slice(root.length + 1)

test('a project is found from below, and from its own suites', () => {
  put('a/loadwright.config.ts', 'a/suites/first.ts', 'a/b/c/x.txt')
  expect([at('a'), at('a/b/c'), at('a/suites')]).toEqual(['a', 'a', 'a'])
})

test('without a config above, a folder is its own project', () => {
  put('b/c/x.txt')
  expect(at('b/c')).toBe('b/c')
})

test('a folder with suites of its own, a repository and node_modules are no part of the project above', () => {
  put('loadwright.config.ts', 'own/suites/x.ts', 'repo/.git/HEAD', 'node_modules/p/x.js')
  expect([at('own'), at('repo'), at('node_modules/p')]).toEqual(['own', 'repo', 'node_modules/p'])
})
