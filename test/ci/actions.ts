import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { start, type Ended } from '../engine/harness.ts'

/** Where an action acts. */
export interface Acting {
  readonly workspace: string
  /** The folder that artifacts lie in. */
  readonly artifacts: string
  /** URL of the repository. */
  readonly origin: string
  /** What the workflow was started for. */
  readonly ref: string
}

type Given = Readonly<Record<string, string>>
type Acted = Pick<Ended, 'code' | 'out' | 'err'>

const DONE: Acted = { code: 0, out: '', err: '' }

/** What stands in for the actions that the workflows use, by their names. */
const ACTIONS: Readonly<Record<string, (given: Given, where: Acting) => Acted | Promise<Acted>>> = {
  'actions/checkout': checkout,
  'actions/setup-node': () => DONE,
  'actions/cache': () => DONE,
  'actions/upload-artifact': ({ name = '', path = '' }, { workspace, artifacts }) => {
    const from = join(workspace, path)
    if (!existsSync(from)) return { ...DONE, err: `nothing at ${path}\n` }
    const into = join(artifacts, name)
    cpSync(from, statSync(from).isFile() ? join(into, basename(from)) : into, { recursive: true })
    return DONE
  },
  'actions/download-artifact': ({ name = '', path = '' }, { workspace, artifacts }) => {
    const from = join(artifacts, name)
    if (!existsSync(from)) return { ...DONE, code: 1, err: `no artifact ${name}\n` }
    cpSync(from, join(workspace, path), { recursive: true })
    return DONE
  },
}

/** Only as many commits as the workflow asks for, which is one unless it says so. */
function checkout(given: Given, { workspace, origin, ref }: Acting): Promise<Acted> {
  const cwd = join(workspace, given.path ?? '')
  mkdirSync(cwd, { recursive: true })
  const what = `--depth ${given['fetch-depth'] ?? 1} origin ${given.ref ?? ref}`
  const lines = [
    'git init -q .',
    `git remote add origin ${origin}`,
    `git fetch -q ${what}`,
    'git checkout -q FETCH_HEAD',
  ]
  return start('bash', ['-ec', lines.join('\n')], { cwd }).ended
}

/** Does what an action would. */
export function act(uses: string, given: Given, where: Acting): Acted | Promise<Acted> {
  const [name = ''] = uses.split('@')
  const action = ACTIONS[name]
  if (!action) throw new Error(`nothing stands in for ${name}`)
  return action(given, where)
}
