import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import type { Variables } from '../../../config/settings/settings.ts'
import { nearest } from '../../../config/problem/nearest.ts'
import { message, quote, type Problem } from '../../../config/problem/problem.ts'
import { atomicWrite, makeFolder, refuse, UserError } from '../../base/index.ts'
import type { Manifest } from '../../record/index.ts'
import { isFile, refuseOther, sourceFile } from '../sourceFile.ts'
import { isPreset } from '../presets/isPreset.ts'
import { withPreset } from '../presets/presetProject.ts'
import { suiteFiles } from '../suiteFiles.ts'
import { bundle, bundleWith, type Bundle } from './bundle.ts'
import { forBundle, type Project } from './config.ts'
import { definitionProblems, keepDefinition, keptProblems } from './definition.ts'
import { exportProblems, suiteProblems } from './lint.ts'
import { unmeasured, withoutSlos, type LeftOut } from './measured.ts'
import { evaluateFor, evaluation, isEndless, walkedManifest } from './evaluated.ts'
import { ownVariables } from './ownVariables.ts'
import { productionOf } from './production.ts'
import { openingFrom } from './opening.ts'
import { readableError as readableBundle } from './readable.ts'

/** A suite as it was built: its bundle on disk, and what the bundle declares. */
export interface BuiltSuite extends Bundle {
  manifest: Manifest
  /** The bundle's path. */
  path: string
  /** The SLOs of environments that are not in it, because it has no such metric. */
  leftOut: readonly LeftOut[]
}

/** How suites are built. */
export interface BuildOptions {
  /** Where bundles and manifests go; `dist` in the project unless told. */
  outdir?: string
  /** Settings to lock. */
  baked?: Readonly<Record<string, string>>
  /** Variables that suites see while they are built; settings and k6's own are left out of them. */
  env?: Variables
  /** With what writes spans, as where the setting is baked. */
  spans?: boolean
  /** Not minified, with comments that say where each part comes from. */
  readable?: boolean
}

/** What came of building every suite of a project; one that is broken stops no other. */
export interface BuiltSuites {
  built: BuiltSuite[]
  failures: readonly SuiteFailure[]
}

/** Why a file is no suite that can be built. */
export interface SuiteFailure {
  /** From the project's folder. */
  source: string
  error: Error
}

/** Builds every suite of a project. Throws UserError where two have one name, or there are none. */
export async function buildSuites(project: Project, options: BuildOptions = {}): Promise<BuiltSuites> {
  const { built, failures } = await buildAll(project, await suiteFiles(project), options)
  for (const { manifest } of built) refuseTwins(built, manifest.suite)
  return { built, failures }
}

/** Throws one UserError with what is wrong with suites, if anything is. */
export function refuseBroken(failures: readonly SuiteFailure[]): void {
  if (failures.length > 0) throw joined(failures)
}

/**
 * Builds the suite that is meant: a name, its file's name, a file, or nothing for the project's own. What is wrong with other suites is
 * told only where the one that is meant was not found.
 */
export async function buildNamed(
  project: Project,
  name: string | undefined,
  options: BuildOptions = {},
): Promise<BuiltSuite> {
  if (name !== undefined && isFile(name))
    return buildSuite(project, sourceFile(project.folder, name), options)
  if (name !== undefined && /[./\\]/.test(name)) refuseOther(project.folder, name)
  const files = await suiteFiles(project)
  const told = name ?? project.config.suite
  const said = told === undefined ? undefined : await suiteThatSays(told, project, files, options)
  if (said) return said
  const { built, failures, first } = await buildAll(project, files, options)
  const wanted = told ?? first?.manifest.suite ?? ''
  const found =
    built.find(({ manifest }) => manifest.suite === wanted) ??
    // A file's own name names it too, where no suite has that name.
    built.find(({ manifest }) => basename(manifest.source, extname(manifest.source)) === wanted)
  if (found) {
    refuseTwins(built, found.manifest.suite)
    return found
  }
  if (name !== undefined) refuseOther(project.folder, name)
  refuseBroken(failures)
  const names = built.map(({ manifest }) => manifest.suite)
  const near = nearest(wanted, names)
  throw new UserError(
    `there is no suite ${quote(wanted)}; suites: ${names.join(', ')}${near === undefined ? '' : `. Did you mean ${quote(near)}?`}`,
  )
}

/** The suite of this name where its file says the name, as most do: then no other file is built. */
async function suiteThatSays(
  name: string,
  project: Project,
  files: readonly string[],
  options: BuildOptions,
): Promise<BuiltSuite | undefined> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
  const spellings = ["'", '"', '`'].map((mark) => mark + name + mark)
  const likely = files.filter((file, at) =>
    (isPreset(file) ? [name] : spellings).some((spelling) => texts[at]?.includes(spelling)),
  )
  const { built } = await buildAll(project, likely, options)
  const found = built.find(({ manifest }) => manifest.suite === name)
  if (found) refuseTwins(built, name)
  return found
}

/** The first suite that runs a journey of this name, if one does. */
export async function suiteWithJourney(
  project: Project,
  journey: string,
  options: BuildOptions = {},
): Promise<BuiltSuite | undefined> {
  const { built } = await buildAll(project, await suiteFiles(project), options)
  return built.find(({ manifest }) => manifest.journeys.includes(journey))
}

interface Attempts extends BuiltSuites {
  /** The suite of the first file; undefined where that one failed. */
  first: BuiltSuite | undefined
}

/** Builds what can be built; one broken suite does not stop another. */
async function buildAll(
  project: Project,
  files: readonly string[],
  options: BuildOptions,
): Promise<Attempts> {
  const results = await Promise.allSettled(files.map((file) => buildSuite(project, file, options)))
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected'
      ? [{ source: relative(project.folder, files[index] ?? ''), error: result.reason as Error }]
      : [],
  )
  const suites = results.map((result) => (result.status === 'fulfilled' ? result.value : undefined))
  return {
    built: suites.filter((suite) => suite !== undefined),
    failures,
    first: suites[0],
  }
}

/** Every failure as one; a defect of ours goes before what a person can mend. */
function joined(failures: readonly SuiteFailure[]): Error {
  const errors = failures.map(({ error }) => error)
  return (
    errors.find((error) => !(error instanceof UserError)) ??
    new UserError(errors.map(({ message }) => message).join('\n'))
  )
}

function refuseTwins(built: readonly BuiltSuite[], name: string): void {
  const twins = built.filter(({ manifest }) => manifest.suite === name)
  if (twins.length > 1)
    throw new UserError(
      `two suites are named ${quote(name)}: ${twins.map(({ manifest }) => manifest.source).join(', ')}`,
    )
}

async function buildSuite(given: Project, file: string, options: BuildOptions): Promise<BuiltSuite> {
  return buildIn(
    isPreset(file) && given.preset?.file !== file ? (await withPreset(given, file)).project : given,
    file,
    options,
  )
}

async function buildIn(project: Project, file: string, options: BuildOptions): Promise<BuiltSuite> {
  const { outdir = 'dist', baked = {}, env = {}, spans = false, readable = false } = options
  const source = relative(project.folder, file)
  const written = spans || baked.SPANS === 'console'
  const built = { config: forBundle(project.config), baked, spans: written }
  const made = await bundle(file, built, project.folder, readable)
  const plain = readable ? readableBundle(made, source, project.folder) : made
  const own = ownVariables(env)
  const refuseThem = (problems: readonly Problem[]): void => {
    if (problems.length > 0) throw new UserError(`${source}: ${message(problems)}`)
  }
  const evaluated = await evaluateFor(plain.code, source, own, plain.map, dirname(file)).catch(
    async (error: unknown) => {
      if (isEndless(error)) throw error
      // What is of a wrong type breaks the library somewhere: its own sentence says less.
      const kept = await bundleWith([keepDefinition()], file, built, project.folder)
      refuseThem(await keptProblems(kept, evaluation(own, source, dirname(file)).options))
      throw error
    },
  )
  // Before all else, since it may be taken without a word.
  refuseThem(definitionProblems(evaluated.exports))
  refuse(exportProblems(evaluated.exports, source))
  const leftOut = unmeasured(project.config, { modules: made.modules, metrics: evaluated.seen.metrics })
  if (leftOut.length > 0) {
    const config = withoutSlos(project.config, leftOut)
    return { ...(await buildIn({ ...project, config }, file, options)), leftOut }
  }
  const slos = Object.values(project.config.environments ?? {}).flatMap((one) => Object.keys(one.slos ?? {}))
  refuseThem(suiteProblems(evaluated, slos))
  const folder = resolve(project.folder, outdir)
  const { code, map } = evaluated.opened > 0 ? openingFrom(plain, dirname(file), folder) : plain
  const walked = await walkedManifest(evaluated, { source, code, map, baked })
  const manifest = { ...walked, ...(await productionOf(file)) }
  await makeFolder(folder)
  const path = join(folder, `${manifest.suite}.js`)
  await atomicWrite(path, code, { sync: false })
  await atomicWrite(`${path}.map`, map, { sync: false })
  await atomicWrite(
    join(folder, `${manifest.suite}.manifest.json`),
    `${JSON.stringify(manifest, undefined, 2)}\n`,
  )
  return { manifest, path, code, map, leftOut }
}
