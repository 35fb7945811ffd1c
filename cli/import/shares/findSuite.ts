import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { refusal, refuse, UserError } from '../../base/index.ts'
import {
  buildNamed,
  isPreset,
  ownVariables,
  readProject,
  scriptVariables,
  suiteJourneys,
  type SuiteJourneys,
} from '../../project/index.ts'

/** A suite of the project whose journeys another one can run. */
export interface FoundSuite extends SuiteJourneys {
  /** Its name. */
  suite: string
  /** How the new suite imports what the found one imports by these words. */
  importedAs: (from: string) => string
}

/**
 * Finds a suite by its name or file, for a new one that goes into the folder `into`. Throws UserError where there is none, or it has
 * no journey that could be imported and walked.
 */
export async function findSuite(name: string, into: string): Promise<FoundSuite> {
  const project = await readProject()
  refuse(project.problems)
  const env = ownVariables(scriptVariables(process.env, []))
  const outdir = await mkdtemp(join(tmpdir(), 'loadwright-import-'))
  const { manifest } = await buildNamed(project, name, { outdir, env }).finally(() =>
    rm(outdir, { recursive: true, force: true }),
  )
  const { suite, source } = manifest
  const instead = (got: string, allowed: string): UserError => refusal([{ where: '--suite', got, allowed }])
  if (isPreset(source)) throw instead(source, 'a suite in TypeScript, whose journeys can be imported')
  const file = resolve(project.folder, source)
  const found = await suiteJourneys(file, env)
  if (found.setup) throw instead(`suite ${suite}, which has a setup`, 'journeys that need no data of setup')
  if (found.journeys.length === 0)
    throw instead(
      `suite ${suite}, whose journeys (${found.hidden.join(', ')}) are exported by no file that ${basename(file)} imports`,
      'journeys that are exported from a file of their own',
    )
  if (found.journeys.every(({ requests }) => requests.length === 0))
    throw instead(
      `suite ${suite}, of whose journeys no request is known without a target`,
      'journeys that make requests of HTTP',
    )
  return {
    ...found,
    suite,
    importedAs: (from) => (from.startsWith('.') ? relativeTo(into, resolve(dirname(file), from)) : from),
  }
}

function relativeTo(folder: string, path: string): string {
  const near = relative(folder, path).replaceAll('\\', '/')
  return near.startsWith('.') ? near : `./${near}`
}
