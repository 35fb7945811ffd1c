import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pc from 'picocolors'
import { EXIT, printable, UserError } from '../../base/index.ts'
import {
  isFile,
  planRun,
  readProject,
  scriptVariables,
  suiteFiles,
  suiteWithJourney,
  withTarget,
  type Given,
  type Plan,
  type Project,
} from '../../project/index.ts'
import { locateBy, sourceOf } from '../../verdict/index.ts'
import { startShopThread, type ShopThread } from '../shop.ts'
import { sourcesOf, type Source } from './locate.ts'
import { makePass, type Pass, type PassOptions } from './pass.ts'
import { counted, printStory, thrownLines } from './print.ts'

/** What the inner loop runs, and how it shows it. */
export interface LoopOptions extends PassOptions {
  /** A suite's name or file, a k6 script, or a journey's name. */
  name: string | undefined
  given: Given
  faults: readonly string[]
  http: boolean
  /** Takes the files that decide what a pass does, as soon as they are known. */
  follow: (files: readonly string[]) => void
}

/** The inner loop: makes passes, one at a time, the embedded shop kept between them. */
export interface Loop {
  /** Builds, makes a pass, prints it; gives the exit code that it would have alone. */
  pass: () => Promise<number>
  close: () => Promise<void>
}

const MAX_LINES = 20

/** Starts the inner loop in the project of the working folder. */
export function startLoop(options: LoopOptions): Loop {
  let shop: ShopThread | undefined
  let files: readonly string[] = []
  const pass = async (): Promise<number> => {
    const began = Date.now()
    const project = await readProject()
    files = await startingFiles(project, options.name, files)
    options.follow(files)
    try {
      const { plan, journey } = await planOf(project, options)
      const sources = await authorsFiles(plan, project.folder)
      files = [
        ...configFiles(project),
        ...sources.map(({ file }) => resolve(project.folder, file)),
        ...poolFiles(plan, project.folder),
      ]
      options.follow(files)
      if (plan.embedded) shop ??= await startShopThread(shopOptions(plan, options.faults))
      const ready = shop && plan.embedded ? withTarget(plan, shop.url) : plan
      const made = await makePass(ready, options)
      if (options.signal.aborted) return EXIT.interrupted
      return show(ready, only(made, journey), sources, Date.now() - began, options)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      options.out(`${pc.red('✗')} ${error.message}`)
      return error.exitCode
    }
  }
  return {
    pass,
    close: async () => shop?.close(),
  }
}

const shopOptions = ({ settings: { SEED } }: Plan, faults: readonly string[]) => ({
  port: 0,
  faults: [...faults],
  ...(SEED === undefined ? {} : { seed: SEED }),
})

/** The plan of the suite that is meant; of one journey, where the name is a journey's. */
async function planOf(
  project: Project,
  { name, given, env, faults }: LoopOptions,
): Promise<{ plan: Plan; journey?: string }> {
  const how = { env, faults }
  try {
    return { plan: await planRun(project, name, given, how) }
  } catch (error) {
    if (!(error instanceof UserError) || name === undefined || isFile(name)) throw error
    const found = await suiteWithJourney(project, name, { env: scriptVariables(process.env, env) })
    if (!found) throw error
    return { plan: await planRun(project, found.manifest.source, given, how), journey: name }
  }
}

function only(pass: Pass, journey: string | undefined): Pass {
  if (journey === undefined) return pass
  const story = pass.story.filter(({ name }) => name === journey)
  const code = pass.code === 110 && story.length > 0 && story.every(({ ok }) => ok) ? 0 : pass.code
  return { ...pass, story, code }
}

function show(
  plan: Plan,
  { code, story, lines, thrown, printed, functions }: Pass,
  sources: readonly Source[],
  took: number,
  { out, http }: LoopOptions,
): number {
  const { manifest, settings, embedded } = plan
  const place =
    settings.BASE_URL === ''
      ? ''
      : ` · ${printable(settings.BASE_URL)}${embedded ? ' (the embedded shop)' : ''}`
  const ran = code === 0 || code === 110
  const said = lines.slice(-MAX_LINES).map(({ level, text }) => `${pc.dim(level)} ${printable(text)}`)
  const showing = { sources, http, at: plan.suite.map === undefined ? undefined : locateBy(plan.suite.map) }
  const passed = code === 0 && story.length > 0 && story.every(({ ok }) => ok) && thrown.length === 0
  const verdict = passed ? pc.green('PASS') : ran && story.length > 0 ? pc.red('FAIL') : pc.magenta('INVALID')
  const why = ran
    ? [
        story.length === 0 ? 'nothing was done' : counted(story),
        ...(thrown.length > 0 ? ['the script threw'] : []),
      ].join(' · ')
    : `k6 ended with exit code ${code ?? 'none: it was killed'}`
  out(
    [
      `${pc.bold(manifest.suite)}${pc.dim(place)}`,
      ...(functions.length > 0
        ? [pc.dim(`no default export: a pass calls what its scenarios name: ${functions.join(', ')}`)]
        : []),
      '',
      ...printStory(story, showing),
      ...thrown.flatMap(({ message, frames }) => {
        const places = frames.map((frame) => sourceOf(frame, { bundle: plan.suite.path, locate: showing.at }))
        return [
          ...thrownLines(
            message,
            places.find((place) => place !== undefined),
            showing,
          ),
          '',
        ]
      }),
      ...(said.length > 0 ? ['The script wrote', ...said.map((line) => `  ${line}`), ''] : []),
      ...(!ran && said.length === 0
        ? [...printed.trim().split('\n').slice(-MAX_LINES).map(printable), '']
        : []),
      `${pc.bold(verdict)}  ${why} ${pc.dim(`· ${(took / 1000).toFixed(2)} s`)}`,
    ].join('\n'),
  )
  return passed ? EXIT.pass : ran && story.length > 0 ? EXIT.fail : EXIT.invalid
}

/** The author's files with their texts, from the bundle's map or, of a script, from the disk. */
async function authorsFiles({ suite, files = [] }: Plan, folder: string): Promise<Source[]> {
  if (suite.map !== undefined) return sourcesOf(suite.map)
  const texts = files.map(async (path) => ({
    file: path,
    text: await readFile(path, 'utf8').catch(() => ''),
  }))
  const own = (await Promise.all(texts)).filter(({ file }) => !/[\\/]node_modules[\\/]/.test(file))
  return own.map(({ file, text }) => ({
    file: file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file,
    text,
  }))
}

/** Pools are read by the build and have no text in its map. */
function poolFiles({ suite }: Plan, folder: string): string[] {
  const { sources = [] } = JSON.parse(suite.map ?? '{}') as { sources?: string[] }
  return sources
    .filter((source) => /\.pool\.\w+$/.test(source) && !source.includes('node_modules/'))
    .map((source) => resolve(folder, source))
}

const configFiles = ({ folder }: Project): string[] => [join(folder, 'loadwright.config.ts')]

/** Where a build fails, the files of the one before it, and those that hold suites. */
async function startingFiles(
  project: Project,
  name: string | undefined,
  before: readonly string[],
): Promise<readonly string[]> {
  const named =
    name !== undefined && isFile(name)
      ? [resolve(project.folder, name)]
      : await suiteFiles(project).catch(() => [])
  return [...new Set([...before, ...configFiles(project), ...named])]
}
