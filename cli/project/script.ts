import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { build, type BuildFailure, type Metafile } from 'esbuild'
import { bundle } from './build/bundle.ts'
import { forBundle, type Project } from './build/config.ts'
import { openingFrom } from './build/opening.ts'
import { errorReason } from './build/reason.ts'
import { isPreset } from './presets/isPreset.ts'
import { sourceFile } from './sourceFile.ts'
import { atomicWrite } from '../base/index.ts'
import type { Manifest } from '../record/index.ts'

/** A plain k6 script: a file that k6 can run and that exports no suite. */
export interface Script {
  /** The file that its author wrote, from the project's folder. */
  source: string
  /** What k6 runs: the file itself, or a bundle of it where it imports what k6 cannot resolve. */
  path: string
  code: string
  /** The source map of a bundle. */
  map?: string
  /** Whether its text names BASE_URL. */
  asksTarget: boolean
  /** The files of the script: itself and its imports. */
  files: string[]
}

const EXTERNAL = ['k6', 'k6/*', 'http://*', 'https://*']

/**
 * Reads a file as a plain k6 script; undefined where it is made with loadwright's `suite`, or cannot be read as one.
 * The file is run as it is, unless it imports npm packages or files without their extension: then it is bundled into
 * `dist`. Throws UserError where it cannot be bundled.
 */
export async function readScript(
  { folder, config }: Project,
  name: string,
  spans = false,
): Promise<Script | undefined> {
  const file = sourceFile(folder, name)
  if (isPreset(file)) return undefined
  const { inputs, alone, failure } = await inputsOf(file, folder)
  const source = relative(folder, file)
  const files = inputs.map((input) => resolve(folder, input))
  const texts = await Promise.all(files.map((path) => readFile(path, 'utf8')))
  const text = texts.join('\n')
  if (makesSuite(text)) return undefined
  const about = { source, asksTarget: /\bBASE_URL\b/.test(text), files }
  // What the bundler cannot read k6 may: it says itself what is wrong.
  if (alone || failure !== undefined) return { ...about, path: file, code: await readFile(file, 'utf8') }
  const dist = join(folder, 'dist')
  const bundled = await bundle(file, { config: forBundle(config), spans }, folder)
  const { code, map } = /(?<![.\w$])open\(/.test(bundled.code)
    ? openingFrom(bundled, dirname(file), dist)
    : bundled
  await mkdir(dist, { recursive: true })
  const path = join(dist, `${suiteName(source)}.js`)
  await atomicWrite(path, code)
  return { ...about, path, code, map }
}

/** A manifest of a script, as far as it has one: it declares nothing that is known before k6 runs it. */
export function scriptManifest({ source, code }: Script): Manifest {
  return {
    suite: suiteName(source),
    source,
    bytes: Buffer.byteLength(code),
    monitor: false,
    baked: {},
    sha256: createHash('sha256').update(code).digest('hex'),
    journeys: [],
    steps: [],
    metrics: [],
    own: [],
    pools: [],
    iteration: {},
    phases: {},
    slos: [],
    options: { scenarios: {}, thresholds: {} },
  }
}

/** A script's name in records and folders: its file's, in letters that both take. */
function suiteName(source: string): string {
  const name = basename(source, extname(source)).replace(/[^\w-]+/g, '-')
  return name.replace(/^-+|-+$/g, '') || 'script'
}

/** Whether a text imports loadwright and calls `suite`, so that it wants to be one. */
function makesSuite(text: string): boolean {
  return (
    /from\s*['"](?:loadwright(?:\/browser)?|[^'"]*\blib\/(?:browser\/)?(?:index|suite)\.ts)['"]/.test(text) &&
    /\bsuite\s*\(/.test(text)
  )
}

/** The files of a script that are its author's, and whether k6 can run the first of them as it is. */
async function inputsOf(
  file: string,
  folder: string,
): Promise<{ inputs: string[]; alone: boolean; failure?: string }> {
  try {
    const { metafile } = await build({
      entryPoints: [file],
      absWorkingDir: folder,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'neutral',
      packages: 'external',
      external: EXTERNAL,
      logLevel: 'silent',
      loader: { '.csv': 'text', '.txt': 'text' },
    })
    return { inputs: Object.keys(metafile.inputs), alone: Object.values(metafile.inputs).every(isAlone) }
  } catch (error) {
    if (!(error as Partial<BuildFailure>).errors) throw error
    return { inputs: [relative(folder, file)], alone: false, failure: errorReason(error) }
  }
}

/** Whether k6 resolves every import of a file: its own modules, URLs, and files by their whole name. */
function isAlone({ imports }: Metafile['inputs'][string]): boolean {
  return imports.every(({ path, original = path }) =>
    /^\.{0,2}\//.test(original) ? /\.\w+$/.test(original) : /^(k6$|k6\/|https?:\/\/)/.test(original),
  )
}
