import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { glob } from 'tinyglobby'
import type { Variables } from '../../config/index.ts'
import { message, nearest, quote } from '../../config/index.ts'
import { evaluate, type Evaluated } from '../../testing/evaluate.ts'
import { refuse, UserError } from '../errors.ts'
import { bundle, MOST_BYTES } from './bundle.ts'
import type { Project } from './config.ts'
import { exportProblems, suiteProblems } from './lint.ts'
import { manifestOf, type Manifest } from './manifest.ts'

/** A suite as it was built: its bundle on disk, and what the bundle declares. */
export interface BuiltSuite {
  manifest: Manifest
  /** The bundle's path. */
  path: string
  code: string
}

/** How suites are built. */
export interface BuildOptions {
  /** Where bundles and manifests go; `dist` in the project unless told. */
  outdir?: string
  /** Settings to lock. */
  baked?: Readonly<Record<string, string>>
}

/** The files of a project that hold suites, sorted. Throws UserError where there are none. */
export async function suiteFiles({ folder, config }: Project): Promise<string[]> {
  const patterns = config.suites ?? ['suites/*.ts']
  const files = await glob([...patterns], {
    cwd: folder,
    absolute: true,
    ignore: ['**/*.test.ts', '**/*.pool.ts'],
  })
  if (files.length > 0) return files.sort()
  throw new UserError(
    `no suites: nothing matches ${patterns.join(', ')} in ${folder}. Write a suite there, or set \`suites\` in loadwright.config.ts`,
  )
}

/** Builds every suite of a project. Throws one UserError with every problem of every suite. */
export async function buildSuites(project: Project, options: BuildOptions = {}): Promise<BuiltSuite[]> {
  const files = await suiteFiles(project)
  const results = await Promise.allSettled(files.map((file) => buildSuite(project, file, options)))
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  const unexpected = failures.find((failure) => !(failure instanceof UserError))
  if (unexpected) throw unexpected
  if (failures.length > 0) throw new UserError(failures.map(({ message }) => message).join('\n'))
  const built = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const twice = built.find(
    ({ manifest }, index) => built.findIndex((other) => other.manifest.suite === manifest.suite) < index,
  )
  if (twice)
    throw new UserError(
      `two suites are named ${quote(twice.manifest.suite)}: ${built
        .filter(({ manifest }) => manifest.suite === twice.manifest.suite)
        .map(({ manifest }) => manifest.source)
        .join(', ')}`,
    )
  return built
}

/** Builds the suite that is meant: a name, a file, or nothing for the project's own. */
export async function buildNamed(
  project: Project,
  name: string | undefined,
  options: BuildOptions = {},
): Promise<BuiltSuite> {
  if (name !== undefined && /\.[cm]?[jt]s$/.test(name)) {
    const file = resolve(project.folder, name)
    if (!existsSync(file)) throw new UserError(`there is no file ${name}`)
    return buildSuite(project, file, options)
  }
  const built = await buildSuites(project, options)
  const wanted = name ?? project.config.suite ?? built[0]?.manifest.suite ?? ''
  const found = built.find(({ manifest }) => manifest.suite === wanted)
  if (found) return found
  const names = built.map(({ manifest }) => manifest.suite)
  const near = nearest(wanted, names)
  throw new UserError(
    `there is no suite ${quote(wanted)}; suites: ${names.join(', ')}${near === undefined ? '' : `. Did you mean ${quote(near)}?`}`,
  )
}

async function buildSuite(
  project: Project,
  file: string,
  { outdir = 'dist', baked = {} }: BuildOptions,
): Promise<BuiltSuite> {
  const source = relative(project.folder, file)
  const code = await bundle(file, { config: project.config, baked })
  const evaluated = await evaluateFor(code, source, {})
  refuse(exportProblems(evaluated.exports, source))
  const problems = suiteProblems(evaluated)
  if (problems.length > 0) throw new UserError(`${source}: ${message(problems)}`)
  const manifest = await manifestOf(evaluated, { source, code, baked })
  if (manifest.bytes > MOST_BYTES)
    throw new UserError(
      `${source}: the bundle has ${manifest.bytes} bytes; a monitor takes at most ${MOST_BYTES}. Fewer rows in its pools, or less code`,
    )
  const folder = resolve(project.folder, outdir)
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${manifest.suite}.js`)
  await writeWhole(path, code)
  await writeWhole(
    join(folder, `${manifest.suite}.manifest.json`),
    `${JSON.stringify(manifest, undefined, 2)}\n`,
  )
  return { manifest, path, code }
}

/** Writes a file whole or not at all: a k6 that starts meanwhile reads the old one or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`
  await writeFile(draft, text)
  await rename(draft, path)
}

/** Evaluates a bundle under an environment, without k6. Throws UserError with what its init complains of. */
export async function evaluateFor(code: string, source: string, env: Variables): Promise<Evaluated> {
  const given = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  try {
    return await evaluate(code, { env: given, filename: source, checksHold: true, seed: 1 })
  } catch (error) {
    throw new UserError(`${source}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
