import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { quote } from '../../../config/problem/problem.ts'
import { isLoopback, parseHttpUrl } from '../../../config/url.ts'
import { atomicWrite, makeFolder, refusal, UserError } from '../../base/index.ts'
import { IGNORED, newFiles, NEW_SCRIPTS } from './files.ts'

/** What `init` did: paths, with what was done to each. */
export interface Initialised {
  written: string[]
  /** What was there already, and why it was left as it is. */
  left: string[]
}

/** Other names of a file that `init` would write: one is enough. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  'loadwright.config.ts': ['loadwright.config.js', 'loadwright.config.mjs'],
}

/**
 * Makes a folder a project: a first suite, config, tsconfig, npm scripts, `.gitignore`. No file is overwritten; a
 * package.json and a .gitignore get what they lack. Throws UserError where the target or the package.json is wrong.
 */
export async function initProject(folder: string, target?: string): Promise<Initialised> {
  const url = target === undefined ? undefined : parseHttpUrl(target)
  if (target !== undefined && !url)
    throw refusal([
      { where: '--target', got: quote(target), allowed: 'a URL such as https://shop.example.com' },
    ])
  const done: Initialised = { written: [], left: [] }
  const pack = await packageOf(folder)
  for (const { path, text, only } of newFiles(url && { ...url, loopback: isLoopback(url.host) })) {
    if (only !== undefined && !done.written.includes(only)) continue
    const there = [path, ...(ALIKE[path] ?? [])].find((name) => existsSync(join(folder, name)))
    if (there !== undefined) done.left.push(`${there}: it is there already`)
    else {
      await makeFolder(dirname(join(folder, path)))
      await writeFile(join(folder, path), text, { flag: 'wx' })
      done.written.push(path)
    }
  }
  await addScripts(folder, pack, NEW_SCRIPTS, done)
  await addIgnored(folder, done)
  return done
}

interface Package {
  text: string | undefined
  value: Record<string, unknown>
}

async function packageOf(folder: string): Promise<Package> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined)
  if (text === undefined) {
    const name = basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
    return { text, value: { name: name || 'load', private: true, type: 'module' } }
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error('it is no object')
    return { text, value: value as Record<string, unknown> }
  } catch (error) {
    throw new UserError(`package.json cannot be read: ${(error as Error).message}`)
  }
}

async function addScripts(
  folder: string,
  { text, value }: Package,
  wanted: Readonly<Record<string, string>>,
  done: Initialised,
): Promise<void> {
  const scripts = (value.scripts ?? {}) as Record<string, string>
  const missing = Object.entries(wanted).filter(([name]) => scripts[name] === undefined)
  for (const [name, command] of Object.entries(wanted))
    if (scripts[name] !== undefined && scripts[name] !== command)
      done.left.push(`package.json: script ${quote(name)} is there already`)
  if (missing.length === 0) return
  const indent = /^([ \t]+)"/m.exec(text ?? '')?.[1] ?? '  '
  const whole = { ...value, scripts: { ...scripts, ...Object.fromEntries(missing) } }
  await atomicWrite(join(folder, 'package.json'), `${JSON.stringify(whole, undefined, indent)}\n`)
  const names = missing.map(([name]) => name).join(', ')
  done.written.push(text === undefined ? 'package.json' : `package.json (scripts ${names})`)
}

async function addIgnored(folder: string, done: Initialised): Promise<void> {
  const path = join(folder, '.gitignore')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const known = (text ?? '').split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, ''))
  const missing = IGNORED.filter((line) => !known.includes(line.replace(/\/$/, '')))
  if (missing.length === 0) return
  const gap = text === undefined || text === '' || text.endsWith('\n') ? '' : '\n'
  await atomicWrite(path, `${text ?? ''}${gap}${missing.join('\n')}\n`)
  done.written.push(text === undefined ? '.gitignore' : `.gitignore (${missing.join(', ')})`)
}
