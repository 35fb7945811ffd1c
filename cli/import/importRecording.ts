import { basename, extname } from 'node:path'
import { sum } from '../../config/sum.ts'
import { parseJson, UserError } from '../base/index.ts'
import { convert } from './convert.ts'
import { convertTraffic } from './convertTraffic.ts'
import { convertGenerator } from './generator/convertGenerator.ts'
import { isGenerator } from './generator/generator.ts'
import { isHar } from './har/isHar.ts'
import { convertJourneys } from './shares/convertJourneys.ts'
import { findSuite } from './shares/findSuite.ts'
import { convertLogs } from './logs/convertLogs.ts'
import { convertLocust } from './logs/convertLocust.ts'
import { isLocust } from './logs/readLocust.ts'
import { isLog } from './logs/isLog.ts'
import { readLogs } from './logs/readLogs.ts'
import { readHar } from './har/readHar.ts'
import { importedOf, type Imported } from './imported.ts'
import type { Made } from './made.ts'
import { convertMetrics } from './metrics/convertMetrics.ts'
import { resultIn } from './metrics/resultIn.ts'
import { convertOpenApi } from './openapi/convertOpenApi.ts'
import { isOpenApi } from './openapi/isOpenApi.ts'
import { knowsRecording, readRecording } from './readers.ts'
import { convertPostman } from './postman/convertPostman.ts'
import { environmentFor } from './postman/environment.ts'
import { postmanIn } from './postman/kind.ts'
import { convertScript, isK6Script } from './script/convertScript.ts'
import { readText } from './readText.ts'

/** A person does some hundred things in a recording. */
const MAX_ACTIONS = 5000

/** How a file is imported. */
export interface ImportOptions {
  /** The suite's name; the file's where not given. */
  name?: string
  /** Parts of addresses that are kept, whatever they are. */
  include?: readonly string[]
  /** The environment of a collection of Postman. */
  variables?: string
  /** Told how many bytes of a long file were read. */
  progress?: (bytes: number) => void
  /** Further access logs of the same traffic: the rotated ones. */
  more?: readonly string[]
  /** The suite whose journeys are fitted to an access log: its name or file, and the folder of the new one. */
  suite?: { name: string; into: string }
}

/** Makes a suite of a recording. Throws UserError where the file cannot be imported. */
export async function importRecording(path: string, options: ImportOptions = {}): Promise<Imported> {
  const file = basename(path)
  return importedOf(await madeOf(path, file, options.name ?? suiteName(file), options))
}

async function madeOf(
  path: string,
  file: string,
  name: string,
  { include = [], variables, progress = () => undefined, more = [], suite }: ImportOptions,
): Promise<Made> {
  const har = await isHar(path).catch(() => undefined)
  if (har !== 'begins' && (await isLog(path).catch(() => false))) {
    const files = [path, ...more].map((one) => ({ path: one, name: basename(one) }))
    const found = suite && (await findSuite(suite.name, suite.into))
    if (found?.suite === name)
      throw new UserError(
        `the new suite would be named ${name}, as the one whose journeys it runs: give another --name`,
      )
    const traffic = await readLogs(files, include, progress)
    return found ? convertJourneys(traffic, file, name, found) : convertLogs(traffic, file, name)
  }
  if (suite !== undefined)
    throw new UserError(`${file} is no access log: --suite fits the journeys of a suite to an access log`)
  if (more.length > 0) throw new UserError(`${file} is no access log: only logs are imported several at once`)
  const asHar = async (): Promise<Made> =>
    convertTraffic(await readHar(path, file, progress), file, name, include)
  if (har === 'begins') return asHar()
  const text = await readText(path, file)
  if (isLocust(text)) return convertLocust(text, file, name)
  if (isOpenApi(text)) return convertOpenApi({ path, file, text, name, include })
  const json = parseJson(text)
  const saved = resultIn(json)
  if (saved !== undefined) return convertMetrics(saved, file, name, include)
  const collection = postmanIn(json, file)
  if (collection !== undefined) {
    const { environment, notes } = await environmentFor(path, variables)
    return convertPostman(collection, environment, file, name, notes)
  }
  if (isGenerator(json)) return convertGenerator(json, path, file, name, include, progress)
  if (isK6Script(text)) return convertScript(text, file, name)
  if (har === 'named' && !knowsRecording(text)) return asHar()
  const recording = await readRecording(file, text)
  const actions = sum(recording.journeys.map((journey) => journey.actions.length))
  if (actions > MAX_ACTIONS)
    throw new UserError(`${file}: got ${actions} actions; allowed: ${MAX_ACTIONS}: record one journey alone`)
  return convert(recording, file, name)
}

/** `Log in.spec.ts` is `log-in`: what a suite may be named. */
const suiteName = (file: string): string =>
  basename(file, extname(file))
    .replace(/\.(?:spec|test|e2e|log|json|postman_collection)$/i, '')
    .normalize('NFKD')
    .replace(/[^A-Za-z\d_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60) || 'recorded'
