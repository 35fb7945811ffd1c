import { basename, extname } from 'node:path'
import { sum } from '../../config/sum.ts'
import { UserError } from '../base/index.ts'
import { convert } from './convert.ts'
import { readRecording } from './readers.ts'
import { readText } from './readText.ts'
import { importReport } from './report.ts'

/** A person does some hundred things in a recording. */
const MAX_ACTIONS = 5000

/** A suite that was made of a recording. */
export interface Imported {
  /** The suite's name. */
  name: string
  /** The suite, as TypeScript. */
  text: string
  /** What is said at the end, once the file is at `path`. */
  report: (path: string) => string
}

/** Makes a suite of a recording; `name` is the suite's, else the file's is. Throws UserError where the file cannot be imported. */
export async function importRecording(path: string, name?: string): Promise<Imported> {
  const file = basename(path)
  const recording = await readRecording(file, await readText(path, file))
  const actions = sum(recording.journeys.map((journey) => journey.actions.length))
  if (actions > MAX_ACTIONS)
    throw new UserError(`${file}: got ${actions} actions; allowed: ${MAX_ACTIONS}: record one journey alone`)
  const made = convert(recording, file, name ?? suiteName(file))
  return {
    name: made.name,
    text: made.text,
    report: (place) => importReport(made, place, recording.kind),
  }
}

/** `Log in.spec.ts` is `log-in`: what a suite may be named. */
const suiteName = (file: string): string =>
  basename(file, extname(file))
    .replace(/\.(?:spec|test|e2e)$/i, '')
    .normalize('NFKD')
    .replace(/[^A-Za-z\d_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60) || 'recorded'
