import { quote } from '../../config/problem/problem.ts'
import { parseJson, UserError } from '../base/index.ts'
import { playwright } from './playwright/reader.ts'
import type { Recording } from './recording.ts'
import type { Reader } from './reader.ts'
import { studio } from './studio/reader.ts'

/** The formats that can be imported; the first that knows a text reads it. */
const READERS: readonly Reader[] = [studio, playwright]

/** Whether some reader knows a text. */
export const knowsRecording = (text: string): boolean =>
  READERS.some(({ knows }) => knows(text, parseJson(text)))

/** Reads a file's text by what it says. Throws UserError where no reader knows it, or it is damaged. */
export async function readRecording(name: string, text: string): Promise<Recording> {
  const json = parseJson(text)
  if (json === undefined && /^\s*[{[]\s*(["\]}]|$)/.test(text))
    throw new UserError(
      `${name} is no JSON that can be read: ${jsonProblem(text)}. Export the recording again.`,
    )
  const reader = READERS.find(({ knows }) => knows(text, json))
  if (reader === undefined)
    throw new UserError(
      `${name} is nothing that can be imported: got ${json === undefined ? textKind(text) : shapeOf(json)}; allowed: ${['HAR (.har)', 'OpenAPI 3 (.yaml or .json)', 'a k6 script (.js or .ts)', 'a collection of Postman 2.1 (.json)', 'a generator of k6 Studio (.k6g)', 'a saved answer of Prometheus (.json)', 'an access log (combined, or lines of JSON)', 'a locustfile (.py)', ...READERS.map(({ kind }) => kind)].join(', ')}`,
    )
  return reader.read(text, json)
}

/** Why a text is no JSON, and in which line. */
function jsonProblem(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (error) {
    const { message } = error as Error
    const at = /position (\d+)/.exec(message)?.[1]
    const line = at === undefined ? undefined : text.slice(0, Number(at)).split('\n').length
    if (/end of JSON|Unterminated/i.test(message)) return `it ends in the middle`
    return line === undefined ? 'it is damaged' : `line ${line} is damaged`
  }
}

const textKind = (text: string): string =>
  /^\s*<(?:!doctype|html)/i.test(text) ? 'a page of HTML' : 'a text'

function shapeOf(json: unknown): string {
  if (Array.isArray(json)) return 'a JSON list'
  if (typeof json !== 'object' || json === null) return 'a JSON value'
  const keys = Object.keys(json)
  return keys.length === 0 ? 'an empty JSON object' : `JSON with ${keys.slice(0, 5).map(quote).join(', ')}`
}
