import { execFile } from 'node:child_process'
import { hostname, userInfo } from 'node:os'
import { promisify } from 'node:util'
import { version as loadwright } from '../base/index.ts'
import type { Metadata } from './runRecord.ts'

/** The beginning of a commit's hash: enough to tell it, and to find it. */
export const shortCommit = (commit: string): string => commit.slice(0, 12)

type Environment = Readonly<Record<string, string | undefined>>

/** Milliseconds that git may take: a record does without it rather than wait. */
const TIMEOUT_MS = 3_000

/** Where CI says what it runs: GitHub Actions, GitLab, then Jenkins, CircleCI, Buildkite. A pull request's branch first. */
const BRANCH = [
  'GITHUB_HEAD_REF',
  'GITHUB_REF_NAME',
  'CI_COMMIT_REF_NAME',
  'BRANCH_NAME',
  'CIRCLE_BRANCH',
] as const
const USER = ['GITHUB_ACTOR', 'GITLAB_USER_LOGIN', 'BUILD_USER', 'CIRCLE_USERNAME'] as const
/** Region of the load generator: REGION, else the variable of a cloud. */
const REGION = ['REGION', 'CLOUD_REGION', 'AWS_REGION'] as const
const JOB = ['CI_JOB_URL', 'BUILD_URL', 'CIRCLE_BUILD_URL', 'BUILDKITE_BUILD_URL'] as const

/**
 * Where a run comes from: the commit of `folder` and whether files differ from it, who started it, where. Of the
 * environment it reads what CI says, DEPLOYMENT_VERSION and REGION. Nothing of it is needed: what cannot be told is left out.
 */
export async function metadataOf(
  folder: string,
  env: Environment = process.env,
  timeoutMs = TIMEOUT_MS,
): Promise<Metadata> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    try {
      const { stdout } = await promisify(execFile)('git', ['-C', folder, ...args], { timeout: timeoutMs })
      return stdout.trim()
    } catch {
      return undefined
    }
  }
  const [commit, head, changes] = await Promise.all([
    git('rev-parse', 'HEAD'),
    git('symbolic-ref', '--short', '--quiet', 'HEAD'),
    git('status', '--porcelain', '--untracked-files=no'),
  ])
  const known = {
    user: first(env, USER) ?? account(),
    commit,
    branch: first(env, BRANCH) ?? head,
    dirty: changes === undefined ? undefined : changes !== '',
    version: first(env, ['DEPLOYMENT_VERSION']),
    region: first(env, REGION),
    ci: first(env, JOB) ?? githubJob(env),
  }
  const told = Object.entries(known).filter(([, value]) => value !== undefined && value !== '')
  return { host: hostname(), loadwright, ...(Object.fromEntries(told) as Partial<typeof known>) } as Metadata
}

const first = (env: Environment, names: readonly string[]): string | undefined =>
  names.map((name) => env[name]).find(Boolean)

function githubJob({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: Environment): string | undefined {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return undefined
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`
}

/** A user without an entry in the system's table, as in some containers, has no name. */
function account(): string | undefined {
  try {
    return userInfo().username
  } catch {
    return undefined
  }
}
