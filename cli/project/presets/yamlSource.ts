import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml'
import { quote, type Problem } from '../../../config/problem/problem.ts'

/** A YAML text that was read, with what is wrong with it as YAML. */
export interface YamlSource {
  /** As a person would name it. */
  readonly file: string
  readonly text: string
  readonly document: Document.Parsed
  readonly lines: LineCounter
  readonly problems: readonly PlacedProblem[]
}

/** A problem, and where it is in the text: characters from its start. */
export interface PlacedProblem {
  readonly offset: number
  readonly problem: Problem
}

/** Errors that are told, one of a line; what follows the first few comes of them. */
const MAX_ERRORS = 5

const QUOTES =
  'Put a text in quotes that begins with one of { } [ ] & * ! | > % @ ` or has ": " or " #" in it; within { } and [ ] also one with , { } [ or ].'

/** Reads a text as YAML 1.2, in which `yes`, `no`, `on` and `off` are texts. */
export function yamlSource(text: string, file: string): YamlSource {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    // The reader looks for them: yaml compares each key with each other one.
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
  })
  const source = { file, text, document, lines }
  const lineOf = (offset: number): number => lines.linePos(offset).line
  const found = [...document.errors, ...document.warnings].filter(
    ({ pos: [at] }, index, all) =>
      all.findIndex(({ pos: [other] }) => lineOf(other) === lineOf(at)) === index,
  )
  const problems = found.slice(0, MAX_ERRORS).map((error) => ({
    offset: error.pos[0],
    problem: { where: placeIn(source, error.pos[0]), ...saidOf(error, text) },
  }))
  return { ...source, problems }
}

/** `file:line:column` of a character. */
export function placeIn({ file, lines }: Pick<YamlSource, 'file' | 'lines'>, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`
}

function saidOf({ code, message, pos }: YAMLError, text: string): Omit<Problem, 'where'> {
  const rest = text.slice(pos[0]).split('\n', 1)[0]?.trim() ?? ''
  switch (code) {
    case 'RESOURCE_EXHAUSTION':
      return { got: 'lists or objects in one another without end', allowed: 'few levels' }
    case 'TAB_AS_INDENT':
      return { got: 'a tab', allowed: 'spaces before a key, two for each level' }
    case 'MULTIPLE_DOCS':
      return {
        got: 'a second document',
        allowed: 'one preset in a file',
        fix: 'Remove the line ---, or write another file.',
      }
    case 'TAG_RESOLVE_FAILED':
      return {
        got: quote(rest),
        allowed: 'no tag, or a text in quotes',
        fix: 'An environment variable is written "${NAME}".',
      }
    case 'BAD_ALIAS':
      return { got: quote(rest), allowed: 'an alias of an anchor above it, or a text in quotes' }
    default:
      return {
        got: rest === '' ? 'the end of a line' : quote(rest),
        allowed: `YAML (${message.split('\n', 1)[0] ?? ''})`,
        fix: QUOTES,
      }
  }
}
