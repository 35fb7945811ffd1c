import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { folder, root, shop, start, type Ended } from '../engine/harness.ts'
import { shopRepository, type ShopRepository } from './shopRepository.ts'

const SHORT = { PROFILE: 'smoke', DURATION: '2s', RAMP_UP: '', WARM_UP: '' }
const example = (path: string): string => readFileSync(join(root, 'examples/ci', path), 'utf8')

let good: ShopRepository
let broken: ShopRepository
beforeAll(async () => {
  const [well, ill] = [await shop(), await shop('errors=/cart:1')]
  ;[good, broken] = await Promise.all([shopRepository(well), shopRepository(ill)])
}, 300_000)

/** Runs commands in a fresh clone, one after the other, as long as none fails. */
async function follow(
  { origin, bin, env: common }: ShopRepository,
  commands: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Ended & { cwd: string }> {
  const cwd = folder()
  const env = { ...common, PATH: `${bin}:${process.env.PATH ?? ''}`, CI: 'true', ...variables }
  const lines = [`git clone -q ${origin} .`, ...commands]
  const ended = await start('bash', ['-ec', lines.join('\n')], { cwd, env }).ended
  return { ...ended, cwd }
}

interface GitLabJob {
  variables: Record<string, string>
  before_script: string[]
  script: string[]
  artifacts: { paths: string[] }
}

/** A job's variables as GitLab's runner fills them in. */
const filled = (variables: GitLabJob['variables'], known: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...known, ...variables, ...SHORT }).map(([name, text]) => [
      name,
      text.replace(/\$(\w+)/g, (_, word: string) => known[word] ?? ''),
    ]),
  )

const gitlab = (): Record<string, GitLabJob> =>
  parse(example('gitlab/gitlab-ci.yml')) as Record<string, GitLabJob>

test('GitLab: on the default branch the job ends with the exit code of the gate, and leaves what it says', async () => {
  const { variables, before_script: before, script } = gitlab()['load-gate']!
  const known = { CI_JOB_ID: '7', CI_PROJECT_DIR: folder() }
  const run = (place: ShopRepository) => follow(place, [...before, ...script], filled(variables, known))
  const [passed, failed] = await Promise.all([run(good), run(broken)])
  expect(passed.code, passed.out + passed.err).toBe(0)
  expect(passed.out).toMatch(/^Pass: /m)
  expect(readFileSync(join(passed.cwd, 'results/gitlab-7/gate.xml'), 'utf8')).toContain('<testsuites ')
  expect(failed.code, failed.out + failed.err).toBe(99)
  expect(failed.out).toMatch(/^Fail: /m)
  expect(existsSync(join(failed.cwd, 'results/gitlab-7/gate.xml'))).toBe(true)
})

test('GitLab: a merge request loads its own code beside its base, and no environment', async () => {
  const { variables, before_script: before, script } = gitlab()['load-merge-request']!
  const branch = await good.propose(9, 500)
  const known = { CI_JOB_ID: '9', CI_PROJECT_DIR: folder() }
  const commands = [
    `git checkout -q ${branch}`,
    'export CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse HEAD^1)',
    ...before,
    ...script,
  ]
  const ended = await follow(good, commands, { ...filled(variables, known), PAIRS: '4' })
  expect(ended.code, ended.out + ended.err).toBe(99)
  expect(ended.out).toMatch(/^Fail: worse: [^]*open cart/m)
  expect(existsSync(join(ended.cwd, 'results/gitlab-9/ab.xml'))).toBe(true)
})

test('Jenkins: the steps pass, and end with the exit code of the gate', async () => {
  const text = example('jenkins/Jenkinsfile')
  const commands = Array.from(
    text.matchAll(/\bsh(?: |\(script: )'(.*?)'(?:$|, returnStatus)/gm),
    ([, line = '']) => line,
  )
  expect(commands).toHaveLength(4)
  const variables = Object.fromEntries(
    Array.from(text.matchAll(/^ {4}(\w+) = ['"](.*)['"]$/gm), ([, name = '', value = '']) => [
      name,
      value.replace('${env.BUILD_NUMBER}', '7').replace('${env.WORKSPACE}', folder()),
    ]),
  )
  expect(variables).toMatchObject({ ENVIRONMENT: 'staging', RUN_ID: 'jenkins-7' })
  const run = (place: ShopRepository) => follow(place, commands, { ...variables, ...SHORT })
  const [passed, failed] = await Promise.all([run(good), run(broken)])
  expect(passed.code, passed.out + passed.err).toBe(0)
  expect(failed.code, failed.out + failed.err).toBe(99)
})
