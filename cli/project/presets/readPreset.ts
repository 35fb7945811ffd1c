import { readFile, stat } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, dirname, extname, relative, resolve } from 'node:path'
import { sentence, type Problem } from '../../../config/problem/problem.ts'
import { refuse, UserError } from '../../base/index.ts'
import { kib } from '../../base/index.ts'

import type { Draft, Tell } from './draft.ts'
import { journeyModule, type JourneyModule } from './journeyModule.ts'
import { journeyRules } from './journeyRules.ts'
import type { Preset } from './preset.ts'
import { presetOf } from './presetOf.ts'
import { presetRules } from './presetRules.ts'
import { MAX_PROBLEMS, readNode } from './readNode.ts'
import { requestRules } from './requestRules.ts'
import { secretRules } from './secretRules.ts'
import { suiteNamed } from './suiteNamed.ts'
import { PRESET } from './table.ts'
import { thresholdRules } from './thresholdRules.ts'
import { placeIn, yamlSource, type PlacedProblem } from './yamlSource.ts'

/** A preset, and the module of its journeys where it names one. */
export interface ReadPreset {
  preset: Preset
  /** Its file. */
  file: string
  /** Its file as a person would name it. */
  shown: string
  module?: JourneyModule & { from: string }
  /** Where a value of it is: `file:line:column`. */
  placeOf: (path: string) => string
}

const MAX_BYTES = 1024 * 1024

/** Reads a preset from its file. Throws one UserError with every problem, each with line and column. */
export async function readPreset(file: string): Promise<ReadPreset> {
  const shown = relative(process.cwd(), file) || file
  return presetIn(file, shown, await textOf(file, shown))
}

/** Reads a preset from the text of its file. Throws as {@link readPreset} does. */
export async function presetIn(file: string, shown: string, text: string): Promise<ReadPreset> {
  const source = yamlSource(text, shown)
  refuse(told(source.problems))
  const { value, problems: shapes, places } = readNode(source, PRESET)
  const problems: PlacedProblem[] = [...shapes]
  // What is missing is told where what lacks it begins.
  const offsetOf = (path: string): number => {
    const known = places.get(path)
    if (known !== undefined || path === '') return known ?? 0
    return offsetOf(/^(.*)(?:\.|\[)/.exec(path)?.[1] ?? '')
  }
  const placeOf = (path: string): string => placeIn(source, offsetOf(path))
  const tell: Tell = (path, got, allowed, fix) => {
    const where = placeOf(path) + (path === '' ? '' : `: ${path}`)
    problems.push({
      offset: offsetOf(path),
      problem: { where, got, allowed, ...(fix === undefined ? {} : { fix }) },
    })
  }
  // A file that holds no object has that one problem.
  if (value === undefined) refuse(told(problems))
  const draft = value as Draft
  const name = draft.name ?? nameOf(file)
  if (draft.name === undefined && !places.has('name') && !/^[0-9A-Za-z_-]{1,64}$/.test(name))
    tell(
      '',
      `the file's name ${JSON.stringify(name)}`,
      'name: with letters, digits, dash and underscore, since the file has another',
    )
  const has = (key: string): boolean => places.has(key)
  presetRules(draft, has, tell)
  requestRules(draft, has, tell)
  secretRules(draft, tell)
  const module = draft.suite === undefined ? undefined : await moduleOf(draft.suite, file, tell)
  if (module) journeyRules(draft, module, tell)
  if (module !== undefined || draft.suite === undefined)
    thresholdRules({ ...draft, name }, module, (path, { got, allowed, fix }) => tell(path, got, allowed, fix))
  refuse(told(problems))
  const at = (path: string): [number, number] => {
    const { line, col } = source.lines.linePos(offsetOf(path))
    return [Math.max(0, line - 1), Math.max(0, col - 1)]
  }
  const preset = presetOf({ ...draft, name }, module, at)
  return { preset, file, shown, placeOf, ...(module ? { module } : {}) }
}

/** The module of journeys that a preset names: a suite of the project, or a file from its own, or from the folder where it is run. */
async function moduleOf(suite: string, file: string, tell: Tell): Promise<ReadPreset['module']> {
  const isPath = /\.[cm]?[jt]s$/.test(suite) || /^\.{0,2}\//.test(suite)
  const path = [dirname(file), process.cwd()]
    .map((folder) => resolve(folder, suite))
    .find((one) => existsSync(one))
  if (isPath && path === undefined) {
    tell('suite', JSON.stringify(suite), 'a file that is there, from the folder of the preset')
    return undefined
  }
  const named = /^[\w-]+$/.test(suite) ? await suiteNamed(suite, file) : undefined
  const from = named ?? (isPath && path !== undefined ? path : suite)
  try {
    return { ...(await journeyModule(from, file)), from }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const why = (error.message.split('\n', 1)[0] ?? '').replace(/^<stdin>:\d+:\d+: /, '')
    tell(
      'suite',
      JSON.stringify(suite),
      `a suite of the project, or a file such as ../suites/shop.ts, that can be bundled (${why})`,
    )
    return undefined
  }
}

const nameOf = (file: string): string => basename(file, extname(file))

/** In the order of the file, the same once; of very many the first. */
function told(problems: readonly PlacedProblem[]): Problem[] {
  const sorted = problems.toSorted((a, b) => a.offset - b.offset).slice(0, MAX_PROBLEMS)
  const open = sorted.map(({ problem }) => ({ ...problem, got: withoutUser(problem.got) }))
  return [...new Map(open.map((problem) => [sentence(problem), problem])).values()]
}

/** What was got, without a user and a password in an address. */
const withoutUser = (got: string): string => got.replace(/:\/\/[^/\s"]*@/g, '://***@')

async function textOf(file: string, shown: string): Promise<string> {
  const { size } = await stat(file)
  if (size > MAX_BYTES)
    throw new UserError(`${shown} is ${kib(size)}: a preset has at most ${kib(MAX_BYTES)}`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (error instanceof TypeError) throw new UserError(`${shown} is no text in UTF-8`)
    throw error
  }
}
