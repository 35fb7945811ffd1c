import { mkdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { quote } from '../../../config/problem/problem.ts'
import { atomicWrite, refusal } from '../../base/index.ts'
import { drivesBrowser } from '../../record/index.ts'
import type { Project } from './config.ts'
import { buildNamed, type BuildOptions } from './suites.ts'

/** The suite of pages that is meant where none is named. */
export const BROWSER_SUITE = 'browser'

/**
 * Writes the entry of a suite with a few users in a browser beside its load, into `dist`, and gives its path from the
 * project's folder: one bundle, since a second k6 takes more memory than what each VU then holds. Throws UserError where the
 * one suite has a browser, or the other has none.
 */
export async function hybridEntry(
  project: Project,
  { suite, pages }: { readonly suite: string | undefined; readonly pages: string },
  options: BuildOptions,
): Promise<string> {
  const load = await buildNamed(project, suite, options)
  const browsed = await buildNamed(project, pages, options)
  if (!drivesBrowser(browsed.manifest.options))
    throw refusal([
      {
        where: '--with-browser',
        got: quote(browsed.manifest.suite),
        allowed: 'a suite of journeys in a browser',
        fix: "Make it with suite of 'loadwright/browser'.",
      },
    ])
  if (drivesBrowser(load.manifest.options))
    throw refusal([
      {
        where: '--with-browser',
        got: quote(load.manifest.suite),
        allowed: 'beside a suite without a browser',
        fix: 'Leave the flag out: this suite has a browser already.',
      },
    ])
  const file = join('dist', `${load.manifest.suite}-hybrid.entry.js`)
  const path = join(project.folder, file)
  await mkdir(dirname(path), { recursive: true })
  const from = (source: string): string =>
    JSON.stringify(relative(dirname(path), join(project.folder, source)).replaceAll('\\', '/'))
  await atomicWrite(
    path,
    `import protocol from ${from(load.manifest.source)}
import pages from ${from(browsed.manifest.source)}
import { hybrid } from 'loadwright/browser'

const both = hybrid(protocol, pages)

export const { options, setup, teardown, handleSummary } = both
export default both
`,
    { sync: false },
  )
  return file
}
