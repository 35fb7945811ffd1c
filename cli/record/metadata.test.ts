import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { version as loadwright } from '../base/index.ts'
import { metadataOf as metadataWithin } from './metadata.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadwright-metadata-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const metadataOf = (folder: string, env: Record<string, string>) => metadataWithin(folder, env, 60_000)
const git = (...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    encoding: 'utf8',
  })

test('the commit, its branch, and whether files differ from it', async () => {
  git('init', '--quiet', '--initial-branch=feature')
  writeFileSync(join(folder, 'a'), '1')
  git('add', 'a')
  git('commit', '--quiet', '-m', 'first')
  const commit = git('rev-parse', 'HEAD').trim()
  expect(await metadataOf(folder, {})).toMatchObject({ commit, branch: 'feature', dirty: false, loadwright })
  writeFileSync(join(folder, 'a'), '2')
  expect(await metadataOf(folder, {})).toMatchObject({ commit, dirty: true })
})

test('without a repository there is a host, and nothing made up', async () => {
  const { user, ...rest } = await metadataOf(folder, { GIT_CEILING_DIRECTORIES: tmpdir() })
  expect(user).toEqual(expect.any(String))
  expect(rest).toEqual({ host: hostname(), loadwright })
})

test('the region is what somebody said, else what a cloud says', async () => {
  const region = async (env: Record<string, string>) => (await metadataOf(folder, env)).region
  expect(await region({ REGION: 'office', AWS_REGION: 'eu-central-1' })).toBe('office')
  expect(await region({ AWS_REGION: 'eu-central-1' })).toBe('eu-central-1')
  expect(await region({ AWS_REGION: '' })).toBeUndefined()
})

test('what CI says comes first: the person, the branch of the pull request, the job’s page', async () => {
  const github = {
    GITHUB_ACTOR: 'ada',
    GITHUB_HEAD_REF: 'fix',
    GITHUB_REF_NAME: '12/merge',
    DEPLOYMENT_VERSION: 'v1.2',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'a/b',
    GITHUB_RUN_ID: '7',
  }
  expect(await metadataOf(folder, github)).toMatchObject({
    user: 'ada',
    branch: 'fix',
    version: 'v1.2',
    ci: 'https://github.com/a/b/actions/runs/7',
  })
  expect(
    await metadataOf(folder, { CI_JOB_URL: 'https://gitlab.example/1', CI_COMMIT_REF_NAME: 'main' }),
  ).toMatchObject({ branch: 'main', ci: 'https://gitlab.example/1' })
})
