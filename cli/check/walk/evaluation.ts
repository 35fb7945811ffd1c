import { SETTINGS } from '../../../config/settings/settings.ts'
import { evaluate, type EvaluateOptions } from '../../../testing/evaluate.ts'
import {
  awaitsAtTop,
  placeholders,
  prepareScript,
  literalText,
  variablesOf,
  type MonitorKind,
  type ParsedScript,
  type Walk,
} from '../../project/index.ts'
import { initFailure, type InitFailure } from './initFailure.ts'
import { ENDLESS_WALK, walked, type Loaded, type Walked } from './walks.ts'

/**
 * What a script did against the double of k6, without any variable set; exports are absent where its top level throws in
 * any case.
 */
export interface Evaluation extends Walked {
  /** The modules (and `open()`) that something inert stood in for: what is missing may be theirs. */
  standIns: readonly string[]
  /** What its top level threw, where no variable is set. */
  failure?: InitFailure
  /** Variables that were then given, so that the rest could be seen. */
  given: Readonly<Record<string, string>>
  /** What went wrong with URLs, where no variable is set. */
  lost: readonly string[]
}

/** How a script is evaluated. */
export interface EvaluationOptions {
  kindOf: (exports: Readonly<Record<string, unknown>>) => MonitorKind
  /** Reads a file for `open()`; `{}` unless told. */
  open?: (path: string) => string | ArrayBuffer
  /** Milliseconds that the script may compute without a pause. */
  patience: number
}

/** URLs whose host has a value that is not there. */
const NOWHERE = /^[a-z]+:\/\/([^/]*[.@])?(undefined|null|NaN)([.:/?#]|$)/i
const LOST = /unsupported protocol scheme|invalid URL/

/** Evaluates a script against the double of k6, and walks it in front of three targets. */
export async function evaluateScript(
  code: string,
  script: ParsedScript,
  { kindOf, open, patience }: EvaluationOptions,
): Promise<Evaluation> {
  const prepared = prepareScript(code, script)
  const standIns = [...prepared.standIns]
  const none = { standIns, given: {}, lost: [] }
  if (awaitsAtTop(script)) return { ...none, unseen: 'it awaits at its top level' }
  const opening = (path: string): string | ArrayBuffer => {
    if (!standIns.includes('open()')) standIns.push('open()')
    try {
      return open?.(path) ?? '{}'
    } catch {
      return '{}'
    }
  }
  const how = (env: Record<string, string>): EvaluateOptions => ({
    env,
    open: opening,
    secrets: secretsOf(script),
    seed: 1,
    inert: true,
    timeout: patience,
  })
  const names = variablesOf(script).map(({ name }) => name)
  const load = async (env: Record<string, string>): Promise<Loaded> => ({
    held: await evaluate(prepared.code, { ...how(env), checksHold: true }),
    unheld: await evaluate(prepared.code, how(env)),
  })
  let loaded: Loaded
  try {
    loaded = await load({})
  } catch (error) {
    if (ENDLESS_WALK.test((error as Error).message))
      return { ...none, failure: { message: (error as Error).message } }
    const failure = await initFailure(error, prepared, how({}))
    const given = placeholders([...names, ...settingsIn(failure.message)])
    const again = Object.keys(given).length === 0 ? undefined : await load(given).catch(() => undefined)
    return { ...none, failure, ...(again && { given, ...(await walked(again, kindOf)) }) }
  }
  const first = await walked(loaded, kindOf)
  const lost = first.walks ? lostIn(first.walks.well) : []
  if (lost.length === 0) return { ...none, ...first }
  // Before any answer there is nothing but the script that can be wrong.
  const own =
    first.walks?.well.requests.length === 0 ||
    lost.some((text) => NOWHERE.test(text.replace('a request to ', '')))
  const given = placeholders(names)
  const again = names.length === 0 ? undefined : await load(given).catch(() => undefined)
  const then = again && (await walked(again, kindOf))
  if (then?.walks && lostIn(then.walks.well).length === 0) return { ...none, lost, given, ...then }
  return { ...none, lost: own ? lost : [], ...first }
}

/** A value for each secret that a script asks for by name. */
const secretsOf = ({ calls }: ParsedScript): Record<string, string> =>
  Object.fromEntries(
    calls.flatMap(({ node, origin }) => {
      const name = origin.module === 'k6/secrets' ? literalText(node.arguments[0]) : undefined
      return name === undefined ? [] : [[name, 'stand-in']]
    }),
  )

/** The settings of loadwright that a message complains of. */
const settingsIn = (message: string): string[] =>
  Object.keys(SETTINGS).filter((name) => message.includes(`${name}: got nothing`))

const lostIn = ({ errors, warnings, requests }: Walk): string[] => [
  ...[...errors.map(({ message }) => message), ...warnings].filter((text) => LOST.test(text)),
  ...requests.flatMap(({ url }) => (NOWHERE.test(url) ? [`a request to ${url}`] : [])),
]
