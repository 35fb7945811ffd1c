import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { envValue } from '../../base/index.ts'
import type { OutputFound, Output } from './output.ts'

/** The file that an output writes; '' and `-` are standard output. */
export function outputFile({ name, argument }: Output, env: NodeJS.ProcessEnv): string {
  if (name === 'json') return argument
  if (!argument.includes('='))
    return argument === '' ? (envValue(env, 'K6_CSV_FILENAME') ?? 'file.csv') : argument
  return parametersOf(argument).get('fileName') ?? envValue(env, 'K6_CSV_FILENAME') ?? 'file.csv'
}

const PARAMETERS = ['fileName', 'saveInterval', 'timeFormat']

const parametersOf = (argument: string): Map<string, string> =>
  new Map(argument.split(',').map((pair) => [pair.split('=', 1)[0] ?? '', pair.replace(/^[^=]*=?/, '')]))

/** What is wrong with the file of an output: no name, a folder that is not there, no right to write. */
export function fileProblems(output: Output, env: NodeJS.ProcessEnv): Problem[] {
  const { name, argument } = output
  const where = `${output.where} ${name}`
  const form = `${name}=results/samples.${name}.gz`
  if (name === 'csv' && argument.includes('='))
    for (const [key, value] of parametersOf(argument))
      if (!PARAMETERS.includes(key) || value === '')
        return [
          { where, got: quote(`${key}=${value}`), allowed: `${PARAMETERS.join(', ')}, each with a value` },
        ]
  const file = outputFile(output, env)
  if (file === '' || file === '-')
    return [
      { where, got: 'no file', allowed: `a file, such as ${form}: what a run says goes to standard output` },
    ]
  const why = whyNot(resolve(file))
  return why === undefined
    ? []
    : [{ where, got: quote(file), allowed: 'a file that can be written', fix: why }]
}

function whyNot(path: string): string | undefined {
  const folder = dirname(path)
  const there = statSync(path, { throwIfNoEntry: false })
  if (there?.isDirectory()) return 'It is a folder: add a name to it.'
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return `There is no folder ${folder}: make it.`
  return isWritable(there ? path : folder) ? undefined : `${there ? path : folder} may not be written.`
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** A file needs no trial; what it costs is said. */
export function toldOfFile(output: Output, env: NodeJS.ProcessEnv): OutputFound {
  const file = outputFile(output, env)
  const size = file.endsWith('.gz') ? 'compressed' : 'not compressed: a name that ends with .gz is'
  return { is: 'ready', told: `every sample goes to ${file} (${size}), which costs k6 time` }
}
