import { refusal, truncate, UserError } from '../../base/index.ts'
import { isRecord, textAt, type Raw } from '../studio/raw.ts'

/** A generator of k6 Studio: a recording with rules. */
export interface Generator {
  /** Whether paths are relative to the file itself; before, names of files in folders beside its own. */
  relative: boolean
  recording: string
  /** Hosts that are kept; of none all are. */
  hosts: ReadonlySet<string>
  includeStatic: boolean
  rules: readonly Raw[]
  options: Raw
  /** Values by the names of variables. */
  variables: ReadonlyMap<string, string>
}

/** Versions that k6 Studio 1 and 2 write. */
const VERSIONS = ['0', '1.0', '2.0', '3.0']

/** Whether JSON is a generator of k6 Studio. */
export const isGenerator = (json: unknown): json is Raw =>
  isRecord(json) && 'recordingPath' in json && ('rules' in json || 'testData' in json)

/** Reads a generator. Throws UserError where it is of another version, or names no recording. */
export function generatorIn(raw: Raw, file: string): Generator {
  const { version } = raw
  if (typeof version !== 'string' || !VERSIONS.includes(version))
    throw refusal([
      {
        where: 'version',
        got: version === undefined ? 'none' : truncate(JSON.stringify(version), 40),
        allowed: VERSIONS.map((one) => `"${one}"`).join(', '),
        fix: 'Open the generator in k6 Studio and save it again.',
      },
    ])
  const recording = (textAt(raw, 'recordingPath') ?? '').trim()
  if (recording === '')
    throw new UserError(`${file} names no recording: choose one in k6 Studio and save the generator`)
  const data = isRecord(raw.testData) ? raw.testData : {}
  const list = Array.isArray(data.variables) ? data.variables.filter(isRecord) : []
  return {
    relative: version === '3.0',
    recording,
    hosts: new Set(
      (Array.isArray(raw.allowlist) ? raw.allowlist : [])
        .filter((host) => typeof host === 'string')
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    ),
    includeStatic: raw.includeStaticAssets === true,
    rules: Array.isArray(raw.rules) ? raw.rules.filter(isRecord) : [],
    options: isRecord(raw.options) ? raw.options : {},
    variables: new Map(
      list.flatMap((one) => {
        const name = textAt(one, 'name') ?? ''
        return name === '' ? [] : [[name, textAt(one, 'value') ?? ''] as const]
      }),
    ),
  }
}
