import { readFileSync } from 'node:fs'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { envValue } from '../env.ts'

/** The PEM file that a variable names, if it does; adds to `problems` what cannot be read. */
export function readPem(env: NodeJS.ProcessEnv, name: string, problems: Problem[]): Buffer | undefined {
  const path = envValue(env, name)
  if (path === undefined) return undefined
  try {
    return readFileSync(path)
  } catch (error) {
    const got = `${quote(path)}, which cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`
    problems.push({ where: name, got, allowed: 'the path of a PEM file' })
    return undefined
  }
}
