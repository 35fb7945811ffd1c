import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { message, quote } from '../../../config/problem/problem.ts'
import type { Settings } from '../../../config/settings/settings.ts'
import { ENVIRONMENTS } from '../../../config/environments.ts'
import { readProject } from '../build/config.ts'
import { suiteFiles } from '../build/suites.ts'
import { packageRoot, plural } from '../../base/index.ts'
import { request } from '../../base/http/index.ts'
import { findEngine } from '../../k6/index.ts'
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

/** Node's version against the least one. */
export function node(version: string): DoctorFinding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor, leastMinor] = LEAST_NODE
  const enough = major > leastMajor || (major === leastMajor && minor >= leastMinor)
  return {
    name: 'node',
    state: enough ? 'ok' : 'missing',
    found: `v${version}`,
    ...(enough ? {} : { todo: `install Node ${LEAST_NODE.join('.')} or newer: https://nodejs.org` }),
  }
}

async function k6(env: NodeJS.ProcessEnv): Promise<DoctorFinding> {
  try {
    const { path, version, source } = await findEngine({ env, packageRoot, install: false })
    return { name: 'k6', state: 'ok', found: `${version} from ${source}: ${path}` }
  } catch (error) {
    const [found = ''] = (error as Error).message.split('\n')
    const todo = env.K6_BIN ? 'correct K6_BIN, or unset it' : 'npx loadwright k6 install'
    return { name: 'k6', state: 'missing', found, todo }
  }
}

async function project({ folder }: Looking): Promise<DoctorFinding> {
  const read = await readProject(folder)
  if (read.problems.length > 0) {
    const found = message(read.problems)
    return { name: 'project', state: 'missing', found, todo: 'correct loadwright.config.ts' }
  }
  try {
    const files = await suiteFiles(read)
    const found = plural(files.length, 'suite')
    return { name: 'project', state: 'ok', found }
  } catch (error) {
    const todo = 'npx loadwright init'
    return { name: 'project', state: 'missing', found: (error as Error).message.split('. ')[0] ?? '', todo }
  }
}

async function target({ folder, given, env }: Looking): Promise<DoctorFinding> {
  const name = 'target'
  const read = await readProject(folder)
  const { settings, environment, problems, variables } = resolveIn(read, given, env)
  const { BASE_URL, ENVIRONMENT } = settings as Partial<Settings>
  if (problems.length > 0)
    return { name, state: 'missing', found: message(problems), todo: 'correct the settings' }
  if (BASE_URL === undefined)
    return {
      name,
      state: 'missing',
      found: `${quote(ENVIRONMENT ?? '')} has no target`,
      todo: 'give --base-url, or the environment’s target in loadwright.config.ts',
    }
  if (!variables.BASE_URL && environment?.target === ENVIRONMENTS.shop?.target)
    return { name, state: 'ok', found: 'the embedded shop, which each run starts' }
  const answer = await request(BASE_URL, { timeoutMs: TIMEOUT_MS, mostBytes: 0 })
  return 'reason' in answer
    ? { name, state: 'missing', found: `${BASE_URL} ${answer.reason}`, todo: `curl -i ${BASE_URL}` }
    : { name, state: 'ok', found: `${BASE_URL} answers ${answer.status}` }
}

async function disk({ results }: Looking): Promise<DoctorFinding> {
  const name = 'disk'
  let place = resolve(results)
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  try {
    await access(place, constants.W_OK)
    if (!(await stat(place)).isDirectory()) throw new Error(`${place} is a file`)
    const { bavail, bsize } = await statfs(place)
    const free = bavail * bsize
    const found = `${(free / 1024 ** 3).toFixed(1)} GiB free for ${results}`
    return free >= MIN_FREE_BYTES
      ? { name, state: 'ok', found }
      : {
          name,
          state: 'optional',
          found,
          todo: 'make room, or give --results: a long run records a few hundred MiB',
        }
  } catch (error) {
    const found = `${results} cannot be written: ${(error as Error).message}`
    return { name, state: 'missing', found, todo: 'give --results a folder that can be written to' }
  }
}

async function go(env: NodeJS.ProcessEnv): Promise<DoctorFinding> {
  const answer = await new Promise<string>((done) => {
    execFile('go', ['version'], { env, timeout: TIMEOUT_MS, windowsHide: true }, (error, stdout) =>
      done(error ? '' : stdout.trim()),
    )
  })
  return answer === ''
    ? {
        name: 'go',
        state: 'optional',
        found: 'none: only needed where k6 cannot be downloaded',
        todo: 'https://go.dev/doc/install',
      }
    : { name: 'go', state: 'ok', found: answer.replace(/^go version /, '') }
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

async function chromium(env: NodeJS.ProcessEnv): Promise<DoctorFinding> {
  const named = env.K6_BROWSER_EXECUTABLE_PATH
  const folders = (env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':').filter(Boolean)
  const places = named
    ? [named]
    : [...folders.flatMap((folder) => BROWSERS.map((browser) => join(folder, browser))), ...APPLICATIONS]
  for (const place of places)
    if (await isProgram(place)) return { name: 'chromium', state: 'ok', found: place }
  const found = named
    ? `K6_BROWSER_EXECUTABLE_PATH=${named}: there is no such program`
    : 'none: only needed by browser journeys'
  const todo = 'install Chromium or Chrome, or name it by K6_BROWSER_EXECUTABLE_PATH'
  return { name: 'chromium', state: 'optional', found, todo }
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** Whether there is a token: never what it is. */
export function token({ K6_CLOUD_TOKEN: value }: NodeJS.ProcessEnv): DoctorFinding {
  return value
    ? { name: 'cloud', state: 'ok', found: 'K6_CLOUD_TOKEN is set' }
    : {
        name: 'cloud',
        state: 'optional',
        found: 'K6_CLOUD_TOKEN is not set: only needed for the Cloud',
        todo: 'export K6_CLOUD_TOKEN=… (Grafana Cloud → Testing & synthetics → Performance → Settings)',
      }
}
