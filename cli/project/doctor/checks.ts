import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { message, quote } from '../../../config/problem/problem.ts'
import type { Settings } from '../../../config/settings/settings.ts'
import { ENVIRONMENTS } from '../../../config/environments.ts'
import { readProject } from '../build/config.ts'
import { suiteFiles } from '../suiteFiles.ts'
import { packageRoot, plural } from '../../base/index.ts'
import { request } from '../../base/http/index.ts'
import { browserEnvironment, findChromium, findEngine } from '../../k6/index.ts'
import { resolveIn, type Given } from '../variables.ts'

/** One thing that was looked at. */
export interface DoctorFinding {
  name: string
  /** `missing`: nothing runs without it; `optional`: only what the finding names does not. */
  state: 'ok' | 'missing' | 'optional'
  /** What is there, or what is not. */
  found: string
  /** What to type or to do, where something is missing. */
  todo?: string
}

/** What is looked at. */
export interface Looking {
  given: Given
  env: NodeJS.ProcessEnv
  results: string
  folder: string
}

const LEAST_NODE = [20, 19] as const
const MIN_FREE_BYTES = 1024 ** 3
const TIMEOUT_MS = 5000

/** Looks at everything that a run needs, side by side; in the order in which a person would fix it. */
export async function examineProject(looking: Looking): Promise<DoctorFinding[]> {
  const { env } = looking
  const slow = [k6(env), project(looking), target(looking), disk(looking), go(env), chromium(env)]
  return [node(process.versions.node), ...(await Promise.all(slow)), token(env)]
}

const ok = (name: string, found: string): DoctorFinding => ({ name, state: 'ok', found })
const missing = (name: string, found: string, todo: string): DoctorFinding => ({
  name,
  state: 'missing',
  found,
  todo,
})
const optional = (name: string, found: string, todo: string): DoctorFinding => ({
  name,
  state: 'optional',
  found,
  todo,
})

/** Node's version against the least one. */
export function node(version: string): DoctorFinding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor, leastMinor] = LEAST_NODE
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
    ? ok('node', `v${version}`)
    : missing('node', `v${version}`, `install Node ${LEAST_NODE.join('.')} or newer: https://nodejs.org`)
}

async function k6(env: NodeJS.ProcessEnv): Promise<DoctorFinding> {
  try {
    const { path, version, source } = await findEngine({ env, packageRoot, install: false })
    return ok('k6', `${version} from ${source}: ${path}`)
  } catch (error) {
    const [found = ''] = (error as Error).message.split('\n')
    return missing('k6', found, env.K6_BIN ? 'correct K6_BIN, or unset it' : 'npx loadwright k6 install')
  }
}

async function project({ folder }: Looking): Promise<DoctorFinding> {
  const read = await readProject(folder)
  if (read.problems.length > 0)
    return missing('project', message(read.problems), 'correct loadwright.config.ts')
  try {
    return ok('project', plural((await suiteFiles(read)).length, 'suite'))
  } catch (error) {
    return missing('project', (error as Error).message.split('. ')[0] ?? '', 'npx loadwright init')
  }
}

async function target({ folder, given, env }: Looking): Promise<DoctorFinding> {
  const read = await readProject(folder)
  const { settings, environment, problems, variables } = resolveIn(read, given, env)
  const { BASE_URL, ENVIRONMENT } = settings as Partial<Settings>
  if (problems.length > 0) return missing('target', message(problems), 'correct the settings')
  if (BASE_URL === undefined)
    return missing(
      'target',
      `${quote(ENVIRONMENT ?? '')} has no target`,
      'give --base-url, or the environment’s target in loadwright.config.ts',
    )
  if (!variables.BASE_URL && environment?.target === ENVIRONMENTS.shop?.target)
    return ok('target', 'the embedded shop, which each run starts')
  const answer = await request(BASE_URL, { timeoutMs: TIMEOUT_MS, mostBytes: 0 })
  return 'reason' in answer
    ? missing('target', `${BASE_URL} ${answer.reason}`, `curl -i ${BASE_URL}`)
    : ok('target', `${BASE_URL} answers ${answer.status}`)
}

async function disk({ results }: Looking): Promise<DoctorFinding> {
  let place = resolve(results)
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  try {
    await access(place, constants.W_OK)
    if (!(await stat(place)).isDirectory()) throw new Error(`${place} is a file`)
    const { bavail, bsize } = await statfs(place)
    const free = bavail * bsize
    const found = `${(free / 1024 ** 3).toFixed(1)} GiB free for ${results}`
    return free >= MIN_FREE_BYTES
      ? ok('disk', found)
      : optional('disk', found, 'make room, or give --results: a long run records a few hundred MiB')
  } catch (error) {
    const found = `${results} cannot be written: ${(error as Error).message}`
    return missing('disk', found, 'give --results a folder that can be written to')
  }
}

async function go(env: NodeJS.ProcessEnv): Promise<DoctorFinding> {
  const answer = await new Promise<string>((done) => {
    execFile('go', ['version'], { env, timeout: TIMEOUT_MS, windowsHide: true }, (error, stdout) =>
      done(error ? '' : stdout.trim()),
    )
  })
  return answer === ''
    ? optional('go', 'none: only needed where k6 cannot be downloaded', 'https://go.dev/doc/install')
    : ok('go', answer.replace(/^go version /, ''))
}

async function chromium(env: NodeJS.ProcessEnv): Promise<DoctorFinding> {
  const found = await findChromium(env)
  if ('problem' in found)
    return optional('chromium', `${found.problem}: only browser journeys need it`, found.todo)
  const { note } = await browserEnvironment(env)
  return ok('chromium', note.replace(/^browser: /, ''))
}

/** Whether there is a token: never what it is. */
export function token({ K6_CLOUD_TOKEN: value }: NodeJS.ProcessEnv): DoctorFinding {
  return value
    ? ok('cloud', 'K6_CLOUD_TOKEN is set')
    : optional(
        'cloud',
        'K6_CLOUD_TOKEN is not set: only needed for the Cloud',
        'export K6_CLOUD_TOKEN=… (Grafana Cloud → Testing & synthetics → Performance → Settings)',
      )
}
