import { readFile } from 'node:fs/promises'
import type { CloudConfig } from '../../config/cloud.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { configPath } from '../k6/index.ts'
import type { SuiteOptions } from '../record/index.ts'

/** What k6 is given to find its way into Grafana Cloud, and for whom. */
export interface CloudAccess {
  /** As k6's environment has it; it contains K6_CLOUD_TOKEN, which must stay secret. */
  env: Record<string, string>
  /** Undefined where there is none. */
  token?: string
  stack?: number
  project?: number
  /** That there is no token, and where to get one. */
  absent?: string
  /** What is wrong with stack and project. */
  problems: Problem[]
}

/** Fields of a script's own `options.cloud` that are read here. */
export interface OwnCloud {
  projectID?: number
  stackID?: number
  name?: string
  distribution?: unknown
  note?: unknown
}

/** What the options of a suite or a script say of the cloud. */
export const ownCloud = (options: SuiteOptions): OwnCloud => (options as { cloud?: OwnCloud }).cloud ?? {}

/** What `k6 cloud login` keeps, and the variable that says the same. */
const LOGIN: Readonly<Record<string, string>> = {
  token: 'K6_CLOUD_TOKEN',
  stackID: 'K6_CLOUD_STACK_ID',
  stackURL: 'K6_CLOUD_STACK_URL',
  projectID: 'K6_CLOUD_PROJECT_ID',
  host: 'K6_CLOUD_HOST',
  hostv6: 'K6_CLOUD_HOST_V6',
}

const HELP = 'https://grafana.com/docs/grafana-cloud/testing/k6/author-run/tokens-and-cli-authentication'

const ABSENT = `K6_CLOUD_TOKEN is not set: create a token (${HELP}) and set it, with K6_CLOUD_STACK_ID and K6_CLOUD_PROJECT_ID, or log in once: "$(npx loadwright k6 path)" cloud login`

/**
 * Token, stack and project: of the shell, then of the script, of the config, and of `k6 cloud login`. Problems are
 * returned; none of them repeats a token.
 */
export async function cloudAccess(
  shell: NodeJS.ProcessEnv,
  config: CloudConfig = {},
  own: OwnCloud = {},
): Promise<CloudAccess> {
  const { K6_CONFIG: told = '' } = shell
  const login = await readLogin(told === '' ? configPath(shell) : told)
  const env: Record<string, string> = {}
  const give = (name: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== '') env[name] ??= String(value)
  }
  for (const name of Object.values(LOGIN)) give(name, shell[name])
  give('K6_CLOUD_STACK_ID', own.stackID ?? config.stack)
  give('K6_CLOUD_PROJECT_ID', own.projectID ?? config.project)
  for (const [key, name] of Object.entries(LOGIN)) give(name, login[key])
  give('K6_CLOUD_PROJECT_ID', login.defaultProjectID)
  const { K6_CLOUD_TOKEN: token, K6_CLOUD_STACK_ID: stack, K6_CLOUD_PROJECT_ID: project } = env
  return {
    env,
    ...(token === undefined ? { absent: ABSENT } : { token }),
    ...(stack === undefined ? {} : { stack: Number(stack) }),
    ...(project === undefined ? {} : { project: Number(project) }),
    problems: [
      ...idProblem('K6_CLOUD_STACK_ID', stack, 'cloud.stack'),
      ...idProblem('K6_CLOUD_PROJECT_ID', project, 'cloud.project'),
    ],
  }
}

function idProblem(where: string, got: string | undefined, key: string): Problem[] {
  if (got !== undefined && /^[1-9]\d{0,15}$/.test(got)) return []
  return [
    {
      where,
      got: got === undefined ? 'nothing' : quote(got),
      allowed: 'a whole number, as Grafana Cloud shows it',
      fix: `Set it, or ${key} in loadwright.config.ts.`,
    },
  ]
}

/** What `k6 cloud login` has written, without what is no text and no number; nothing where there is no such file. */
async function readLogin(path: string): Promise<Record<string, string | number>> {
  try {
    const { collectors = {} } = JSON.parse(await readFile(path, 'utf8')) as {
      collectors?: { cloud?: Record<string, unknown> }
    }
    const entries = Object.entries(collectors.cloud ?? {}).filter(
      (entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1]),
    )
    return Object.fromEntries(entries)
  } catch {
    return {}
  }
}
