import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { UserError } from '../base/index.ts'
import {
  buildNamed,
  buildSuites,
  bundle,
  forBundle,
  isFile,
  ownVariables,
  readScript,
  sourceFile,
  type BuiltSuite,
  type Project,
} from '../project/index.ts'
import { examineScript, type CheckOptions, type Examination, type Finding } from './check.ts'

/** A script with what a check says of it. */
export interface Checked extends Examination {
  /** The suite's name, or the file's. */
  target: string
}

/** What all targets of a check have in common. */
export interface TargetOptions {
  /** The timeout of the checks that will run them, in milliseconds. */
  timeout?: number
  /** Variables that suites see while they are built. */
  env: Readonly<Record<string, string | undefined>>
}

/**
 * Checks what is meant: a suite by its name or file, any k6 script by its file, or every suite of the project. Suites and
 * TypeScript are built first, into a folder that is gone afterwards; JavaScript is checked as it stands. A file that
 * cannot be built is a finding. Throws UserError where there is no such file or suite.
 */
export async function checkTargets(
  project: Project,
  name: string | undefined,
  { env, ...options }: TargetOptions,
): Promise<Checked[]> {
  const outdir = await mkdtemp(join(tmpdir(), 'loadwright-check-'))
  const how = { outdir, env: ownVariables(env) }
  try {
    if (name !== undefined && isFile(name)) return [await checkFile(project, name, outdir, how, options)]
    const { built, failures } =
      name === undefined
        ? await buildSuites(project, how)
        : { built: [await buildNamed(project, name, how)], failures: [] }
    const checked = failures.map(({ source, error }) => broken(source, error))
    for (const suite of built) checked.push(await checkSuite(suite, options))
    return checked
  } finally {
    await rm(outdir, { recursive: true, force: true })
  }
}

/** Checks a suite as it was built. */
export async function checkSuite(
  { manifest, code, map }: BuiltSuite,
  options: CheckOptions = {},
): Promise<Checked> {
  const { suite: target, source: file } = manifest
  return { target, ...(await examineScript(code, { ...options, file, map })) }
}

async function checkFile(
  project: Project,
  name: string,
  scratch: string,
  how: Parameters<typeof buildNamed>[2],
  options: CheckOptions,
): Promise<Checked> {
  const path = sourceFile(project.folder, name)
  const inside = relative(project.folder, path)
  const file = inside.startsWith('..') ? name : inside
  const about = { ...options, file, open: opener(dirname(path)) }
  try {
    // A script that has to be bundled leaves its bundle in the folder that is gone afterwards.
    const isSuite = await readScript({ ...project, folder: scratch }, path).then(
      (script) => script === undefined,
      () => false,
    )
    if (isSuite) return await checkSuite(await buildNamed(project, name, how), options)
    const { code, map } = /\.[cm]?ts$/.test(name)
      ? await bundle(path, { config: forBundle(project.config) }, project.folder)
      : { code: await readFile(path, 'utf8') }
    return { target: file, ...(await examineScript(code, { ...about, ...(map !== undefined && { map }) })) }
  } catch (error) {
    return broken(file, error)
  }
}

/** The finding for a file that cannot be built; a defect of loadwright is rethrown. */
function broken(file: string, error: unknown): Checked {
  if (!(error instanceof UserError)) throw error
  return { target: file, kind: 'scripted', bytes: 0, findings: [unbuilt(error.message, file)] }
}

const unbuilt = (message: string, where: string): Finding => ({
  rule: 'syntax',
  severity: 'error',
  where,
  got: message,
  why: 'it cannot be built, and so not be checked',
  fix: 'correct it until `loadwright build` succeeds',
})

const opener =
  (folder: string): NonNullable<CheckOptions['open']> =>
  (path) =>
    readFileSync(resolve(folder, path), 'utf8')
