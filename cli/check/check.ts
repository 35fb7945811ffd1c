import { join, resolve, sep } from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { getLineInfo } from 'acorn'
import { defined, packageRoot, printable, truncate } from '../base/index.ts'
import {
  parseScript,
  scenariosOf,
  TIMEOUT,
  type MonitorKind,
  type ParsedScript,
  type ParseResult,
} from '../project/index.ts'
import { callerOf } from './callers.ts'
import type { ScriptPlace, Rule, Severity, SourceText, Subject } from './rule.ts'
import { RULES } from './rules/index.ts'
import { estimateSeries, type CheckedSeries } from './series.ts'
import { evaluateScript } from './walk/evaluation.ts'

/** One thing that keeps a script from running somewhere, or makes it lie there. */
export interface Finding {
  /** The rule's id. */
  rule: string
  severity: Severity
  /** `file:line:column`, from 1 both, or the metric, tag, option or URL. */
  where: string
  /** What was found there. */
  got: string
  /** The consequence. */
  why: string
  fix: string
}

/** How a script is checked. */
export interface CheckOptions {
  /** How the script is named in `where`; `script.js` unless told. */
  file?: string
  /** The script's source map: places are then those of the sources. */
  map?: string
  /** The timeout of the check that will run it, in milliseconds; 15 000, for a browser script 60 000, unless told. */
  timeout?: number
  /** Reads a file for `open()`, which is a finding in any case; an empty object unless told. */
  open?: (path: string) => string | ArrayBuffer
  /** Whether the script is evaluated and walked too; true unless told. */
  walk?: boolean
  /** Milliseconds that the script may compute without a pause; 5000 unless told. */
  patience?: number
}

/** Findings of a check about a script. */
export interface Examination {
  kind: MonitorKind
  /** Of UTF-8. */
  bytes: number
  /** What a monitor would publish; undefined where the script could not be walked. */
  published?: CheckedSeries
  findings: Finding[]
}

/** Maximum number of places that are listed for one rule; the last one counts the rest. */
const MAX_PLACES = 10
/** Characters of a part of a finding. */
const MAX_CHARACTERS = 400

/**
 * Checks a k6 script: its bytes, its text, and what it does against the double of k6. Findings are told errors first; a
 * script that cannot be read is one. Throws nothing.
 */
export async function examineScript(code: string, options: CheckOptions = {}): Promise<Examination> {
  const parsed = parseScript(code)
  const { script } = parsed
  const kindOf = (exports: Readonly<Record<string, unknown>>): MonitorKind => kindFrom(parsed, exports)
  const { open, walk = true, patience = 5000 } = options
  const evaluated =
    script && walk
      ? await evaluateScript(code, script, { kindOf, patience, ...(open && { open }) })
      : undefined
  const kind = kindOf(evaluated?.exports ?? {})
  const subject: Subject = {
    code,
    kind,
    bytes: Buffer.byteLength(code),
    timeout: options.timeout ?? TIMEOUT[kind],
    sources: sourcesIn(code, options),
    ...defined({ problem: parsed.problem, script, evaluation: evaluated }),
  }
  const where = whereIn(code, options, script)
  const findings = RULES.flatMap((rule) => findingsOf(rule, subject, where))
  const samples = evaluated?.walks?.well.samples
  return {
    kind,
    bytes: subject.bytes,
    ...(samples && { published: estimateSeries(samples) }),
    findings: findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error')),
  }
}

/** The kind of check that takes a script, by what it imports. */
export const scriptKind = (code: string): MonitorKind => kindFrom(parseScript(code), {})

/** A browser script imports `browser`, or declares a browser in a scenario. */
function kindFrom({ script }: ParseResult, { options }: Readonly<Record<string, unknown>>): MonitorKind {
  const imports = (script?.imports ?? []).some(
    ({ module, how, names }) =>
      module === 'k6/browser' && (how === 'require' || names.some(({ name }) => name === 'browser')),
  )
  const declares = Object.values(scenariosOf(options)).some(
    (one) => (Object(one.options) as { browser?: unknown }).browser !== undefined,
  )
  return imports || declares ? 'browser' : 'scripted'
}

function findingsOf(rule: Rule, subject: Subject, where: (place: ScriptPlace) => string): Finding[] {
  const places = rule.find(subject)
  return places.slice(0, MAX_PLACES).map((place, index) => {
    const more =
      index === MAX_PLACES - 1 && places.length > MAX_PLACES
        ? ` (and ${places.length - MAX_PLACES} more)`
        : ''
    return {
      rule: rule.id,
      severity: place.severity ?? rule.severity,
      where: bounded(where(place)),
      got: `${bounded(place.got)}${more}`,
      why: bounded(place.why ?? rule.why),
      fix: bounded(place.fix ?? rule.fix),
    }
  })
}

/** The sources of a script that its author wrote; the script itself where no map says more. */
function sourcesIn(code: string, { file = 'script.js', map }: CheckOptions): SourceText[] {
  if (map === undefined) return [{ name: file, text: code }]
  const { sources, sourcesContent = [] } = new TraceMap(map)
  return sources.flatMap((name, index) => {
    const text = sourcesContent[index]
    return name === null || text === null || text === undefined || name.includes('node_modules')
      ? []
      : [{ name, text }]
  })
}

/** How places in a code are told: by its sources, where the map knows them; what a library does by the author's call of it. */
function whereIn(
  code: string,
  { file = 'script.js', map }: CheckOptions,
  script: ParsedScript | undefined,
): (place: ScriptPlace) => string {
  const sources = map === undefined ? undefined : new TraceMap(map)
  const told = (offset: number): { text: string; isAuthors: boolean } => {
    const { line, column } = getLineInfo(code, offset)
    const origin = sources && originalPositionFor(sources, { line, column })
    return origin && origin.source !== null
      ? {
          text: `${origin.source}:${origin.line}:${origin.column + 1}`,
          isAuthors: !isLibrary(origin.source),
        }
      : { text: `${file}:${line}:${column + 1}`, isAuthors: sources === undefined }
  }
  return ({ at }) => {
    if (typeof at === 'string') return at
    if (at === undefined) return file
    const own = told(typeof at === 'number' ? at : at.start)
    if (own.isAuthors || typeof at === 'number' || script === undefined) return own.text
    const call = callerOf(at, script, ({ start }) => told(start).isAuthors)
    return call === undefined ? own.text : told(call.start).text
  }
}

/** Whether a source is none of the author's: of a package, or of this one. */
const isLibrary = (source: string): boolean =>
  source.includes('node_modules') || resolve(source).startsWith(join(packageRoot, 'lib', sep))

/** What came from a script, without control characters, and not longer than a person reads. */
const bounded = (text: string): string => printable(truncate(text, MAX_CHARACTERS))
