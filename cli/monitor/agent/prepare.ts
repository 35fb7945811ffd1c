import { join } from 'node:path'
import { ENVIRONMENTS } from '../../../config/environments.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import type { Variables } from '../../../config/settings/settings.ts'
import { parseHttpUrl } from '../../../config/url.ts'
import { defined, refuse } from '../../base/index.ts'
import { scriptKind } from '../../check/index.ts'
import {
  bakedFrom,
  chosenIn,
  isFile,
  missingVariables,
  readScript,
  resolveIn,
  TIMEOUT,
  type ProjectRead,
  type Script,
} from '../../project/index.ts'
import { startShopThread } from '../../run/index.ts'
import { bakeMonitor } from '../code/bake.ts'
import { sha256 } from '../code/monitorCheck.ts'

/** What a person asks to be tested. */
export interface Wish {
  /** A suite's name or file, or any k6 script; the project's own suite if left out. */
  name: string | undefined
  /** The target; the embedded shop if left out. */
  baseUrl: string | undefined
  environment: string | undefined
  /** Further settings to bake, `KEY=VALUE`. */
  set: readonly string[]
  /** Faults of the embedded shop. */
  faults: readonly string[]
  /** Milliseconds; what Synthetic Monitoring proposes for its kind where undefined. */
  timeout: number | undefined
  /** The variables of the shell, which give secrets their values. */
  shell: Variables
}

/** A script as a check would have it. */
export interface PreparedCheck {
  /** The suite's name, or the script's file. */
  name: string
  /** The target that was baked; undefined for a plain script, whose target is its own. */
  target: string | undefined
  code: string
  sha256: string
  /** What `k6/secrets` answers, by name: of a preset its variables, of others what the code asks for and the shell has. */
  secrets: Readonly<Record<string, string>>
  /** Settings that were baked. */
  baked: string[]
  /** Milliseconds after which it is killed. */
  timeout: number
}

/** Where a suite is built, and how its build is ended. */
export interface AgentSurroundings {
  folder: string
  /** Says a line to the person who waits. */
  say: (line: string) => void
  /** Runs the build, which no signal can end but the end of the process. */
  building: <T>(work: () => Promise<T>) => Promise<T>
}

/**
 * Builds what is to be tested into `folder`, starts the embedded shop where it is the target, hands both to `use`, and
 * closes the shop whatever happens. A plain k6 script is taken as it is: nothing is baked. Throws UserError.
 */
export async function prepared<T>(
  given: ProjectRead,
  asked: Wish,
  { folder, say, building }: AgentSurroundings,
  use: (prepared: PreparedCheck) => Promise<T>,
): Promise<T> {
  const { project, name } = await chosenIn(given, asked.name)
  const wish = { ...asked, name }
  refuse([...project.problems, ...missingVariables(project.preset, asked.shell)])
  const secrets = (code: string): Pick<PreparedCheck, 'secrets'> => ({
    secrets: secretsOf(project.preset?.variables ?? secretsAsked(code), asked.shell),
  })
  const script =
    wish.name !== undefined && isFile(wish.name) ? await readScript(project, wish.name) : undefined
  if (script) {
    refuse(needless(script, wish))
    say(`${script.source} is no suite: nothing is baked into it, and a check has no environment`)
    const timeout = wish.timeout ?? TIMEOUT[scriptKind(script.code)]
    return use({
      name: script.source,
      target: undefined,
      ...identified(script.code),
      ...secrets(script.code),
      baked: [],
      timeout,
    })
  }
  const target = targetOf(project, wish)
  if (target !== undefined && wish.faults.length > 0)
    refuse([
      {
        where: '--fault',
        got: wish.faults.join(' '),
        allowed: 'only with the embedded shop, that is without a target',
        fix: 'Leave --base-url out, or give the faults to `loadwright shop`.',
      },
    ])
  const made = async (url: string): Promise<PreparedCheck> => {
    const check = await building(() => bake(project, wish, url, folder))
    return { ...check, ...secrets(check.code) }
  }
  if (target !== undefined) return use(await made(target))
  const shop = await startShopThread({ port: 0, faults: wish.faults })
  try {
    say(
      `the embedded shop answers at ${shop.url}${wish.faults.length > 0 ? ` with ${wish.faults.join(', ')}` : ''}`,
    )
    return await use(await made(shop.url))
  } finally {
    await shop.close()
  }
}

/** Secrets by the names that a script reads from `k6/secrets`: those that the shell has. */
const secretsOf = (names: readonly string[], shell: Variables): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (shell[name] ? [[name, shell[name]]] : [])))

/** Names that a script asks `k6/secrets` for. */
const secretsAsked = (code: string): string[] =>
  code.includes('k6/secrets')
    ? Array.from(code.matchAll(/\.get\(\s*["'`]([\w-]{1,253})["'`]\s*\)/g), ([, name = '']) => name)
    : []

/** Flags that cannot reach a plain script. */
function needless({ source }: Script, { baseUrl, environment, set, faults }: Wish): string[] {
  const given = { '--base-url': baseUrl, '--environment': environment, '--set': set[0], '--fault': faults[0] }
  return Object.entries(given).flatMap(([flag, value]) =>
    value === undefined
      ? []
      : [`${flag}: ${source} is no suite, so nothing can be baked into it; write it into the script itself`],
  )
}

/** The target that flags, shell and environment say; undefined where it is the embedded shop. Throws UserError. */
function targetOf(project: ProjectRead, { baseUrl, environment }: Wish): string | undefined {
  const flags = defined({ BASE_URL: baseUrl, ENVIRONMENT: environment })
  const { variables, environment: place, problems } = resolveIn(project, { flags, set: [] }, {})
  if (variables.BASE_URL !== undefined) return parseHttpUrl(variables.BASE_URL)?.base ?? variables.BASE_URL
  // What else an environment says, such as its profiles, is no matter of a single pass.
  refuse(problems.filter((one) => typeof one === 'string' || ['ENVIRONMENT', 'BASE_URL'].includes(one.where)))
  return place?.target === ENVIRONMENTS.shop?.target ? undefined : place?.target
}

async function bake(
  project: ProjectRead,
  { name, environment, set, timeout }: Wish,
  target: string,
  folder: string,
): Promise<Omit<PreparedCheck, 'secrets'>> {
  const settings = bakedFrom(set, project.config)
  refuse(
    Object.keys(settings)
      .filter((key) => Object.hasOwn(FLAGS, key))
      .map(doubled),
  )
  const timeouts = timeout === undefined ? TIMEOUT : { scripted: timeout, browser: timeout }
  const { manifest, code } = await bakeMonitor(
    project,
    { suite: name, target, timeout: timeouts, settings, ...defined({ environment }) },
    join(folder, 'build'),
  )
  const told = Object.entries(manifest.baked).flatMap(([key, value]) => (value ? [`${key}=${value}`] : []))
  return {
    name: manifest.suite,
    target,
    ...identified(code),
    baked: told,
    timeout: timeouts[scriptKind(code)],
  }
}

/** Settings that have a flag here, or are made of one. */
const FLAGS: Readonly<Record<string, string>> = {
  BASE_URL: '--base-url',
  ENVIRONMENT: '--environment',
  TIME_BUDGET: '--timeout',
}

const doubled = (name: string): Problem => ({
  where: '--set',
  got: name,
  allowed: `other settings: ${FLAGS[name] ?? ''} decides this one`,
})

const identified = (code: string): Pick<PreparedCheck, 'code' | 'sha256'> => ({ code, sha256: sha256(code) })
