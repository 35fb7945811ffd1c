import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { atomicWrite, packageRoot } from '../../base/index.ts'

/** Errors that are told. */
const MAX_ERRORS = 5
/** Milliseconds that TypeScript may take: a run does not wait longer for a warning. */
const TIMEOUT_MS = 5_000

/** Where loadwright's own sources are that suites import: in its own repository they are no library to TypeScript. */
const LIBRARY = ['lib', 'config', 'scenarios', 'journeys'].map((name) => join(packageRoot, name) + sep)

/**
 * Errors of the project's own TypeScript in a file and its imports, under the nearest `tsconfig.json` and with the
 * declarations that it includes, a line each; nothing where there is neither. Where it had none, it is asked again only if a
 * file has changed. Rejects never.
 */
export async function typeErrors(file: string, patience: number = TIMEOUT_MS): Promise<string[]> {
  const config = /\.[cm]?ts$/.test(file) ? nearestConfig(dirname(file)) : undefined
  const compiler = config === undefined ? undefined : compilerOf(file)
  if (config === undefined || compiler === undefined) return []
  const folder = join(dirname(config), 'node_modules', '.cache', 'loadwright')
  const name = createHash('sha256').update(file).digest('hex').slice(0, 16)
  const cache = join(folder, `types-${name}.json`)
  try {
    if (await isUnchanged(cache)) return []
    const { errors, files } = await ask(compiler, config, file, patience)
    // What is wrong may be mended by a file that is not there yet.
    if (errors.length === 0) {
      await mkdir(folder, { recursive: true })
      await atomicWrite(cache, JSON.stringify({ files, stamp: stampOf(files) } satisfies Clean))
    }
    return errors.length > MAX_ERRORS
      ? [...errors.slice(0, MAX_ERRORS), `and ${errors.length - MAX_ERRORS} more errors of types`]
      : errors
  } catch {
    // A failed type check is only a missing warning; it does not stop a run.
    return []
  }
}

interface Answer {
  errors: string[]
  /** The files that decide it. */
  files: string[]
}

/** Files that had no errors, as they were then. */
interface Clean {
  files: string[]
  stamp: string
}

function nearestConfig(folder: string): string | undefined {
  const file = join(folder, 'tsconfig.json')
  if (existsSync(file)) return file
  return dirname(folder) === folder ? undefined : nearestConfig(dirname(folder))
}

function compilerOf(file: string): string | undefined {
  try {
    return createRequire(file).resolve('typescript')
  } catch {
    return undefined
  }
}

async function isUnchanged(cache: string): Promise<boolean> {
  const text = await readFile(cache, 'utf8').catch(() => undefined)
  if (text === undefined) return false
  const { files, stamp } = JSON.parse(text) as Clean
  return stamp === stampOf(files)
}

const stampOf = (files: readonly string[]): string =>
  files
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false })
      return found ? `${found.mtimeMs}:${found.size}` : 'gone'
    })
    .join(' ')

/** Asks in a process of its own, so that nothing else waits for it. */
async function ask(compiler: string, config: string, file: string, timeout: number): Promise<Answer> {
  const text = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      ['-e', PROGRAM, compiler, config, file, ...LIBRARY],
      { timeout, maxBuffer: 64 * 1024 * 1024, windowsHide: true },
      (error, stdout) => {
        if (error) reject(new Error(error.message))
        else resolve(stdout)
      },
    )
  })
  return JSON.parse(text) as Answer
}

const PROGRAM = `
const [compiler, config, file, ...library] = process.argv.slice(1)
const ts = require(compiler)
const { config: read } = ts.readConfigFile(config, ts.sys.readFile)
const { options, fileNames } = ts.parseJsonConfigFileContent(read, ts.sys, require('path').dirname(config), { noEmit: true })
const declarations = fileNames.filter((name) => /\\.d\\.[cm]?ts$/.test(name))
const program = ts.createProgram([file, ...declarations], { ...options, noEmit: true, incremental: false, composite: false, tsBuildInfoFile: undefined })
const files = program.getSourceFiles()
const isLibrary = (one) => program.isSourceFileFromExternalLibrary(one) || library.some((folder) => one.fileName.startsWith(folder))
const own = files.filter((one) => one.fileName === file || !(one.isDeclarationFile || isLibrary(one)))
const errors = own.flatMap((one) => [...program.getSyntacticDiagnostics(one), ...program.getSemanticDiagnostics(one)])
const line = (one) => {
  const { line, character } = ts.getLineAndCharacterOfPosition(one.file, one.start)
  const text = ts.flattenDiagnosticMessageText(one.messageText, ' ').split('\\n')[0]
  return require('path').relative(process.cwd(), one.file.fileName) + ':' + (line + 1) + ':' + (character + 1) + ': TS' + one.code + ': ' + text
}
process.stdout.write(JSON.stringify({ errors: errors.map(line), files: [config, compiler, ...files.map((one) => one.fileName)] }))
`
