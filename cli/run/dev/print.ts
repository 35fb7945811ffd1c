import pc from 'picocolors'
import { plural, printable } from '../../base/index.ts'
import type { SourcePlace } from '../../record/index.ts'
import { placeIn, type Locate } from '../../verdict/index.ts'
import { locate, locateRequest, locationOf, type SourceLocation, type Source } from './locate.ts'
import { redact } from '../../../config/redact.ts'
import { shownBody, shownExcerpt, failureMessage, shownHeader } from './redact.ts'
import {
  linesOf,
  type Block,
  type CheckLine,
  type ErrorLine,
  type StoryLine,
  type RequestLine,
} from './story.ts'

/** What of a pass is shown. */
export interface Showing {
  /** The author's files, to point into. */
  sources: readonly Source[]
  /** Tells positions in the bundle; absent for a script that k6 runs as it is. */
  at?: Locate | undefined
  /** Heads and bodies of every request. */
  http: boolean
}

const MAX_EXCERPT_CHARACTERS = 300
const MAX_BODY_CHARACTERS = 4000

/** A pass as a test runner prints it: journeys, in them steps, in them requests and checks; under what failed, why and where. */
export function printStory(blocks: readonly Block[], showing: Showing): string[] {
  return blocks.flatMap((block) =>
    // What a plain script does is in no journey.
    block.name === ''
      ? [...block.lines.flatMap((line) => linesFor(line, 0, showing)), '']
      : linesFor(block, 0, showing),
  )
}

/** What a pass did, counted: `1 journey · 2 requests · 3 checks, 1 failed`. */
export function counted(blocks: readonly Block[]): string {
  const lines = linesOf(blocks)
  const journeys = blocks.filter(({ name }) => name !== '')
  const requests = lines.filter(({ kind }) => kind === 'request')
  const checks = lines.filter(({ kind }) => kind === 'check')
  const part = (word: string, all: readonly StoryLine[]): string[] => {
    const failed = all.filter(({ ok }) => !ok).length
    const text = plural(all.length, word)
    return all.length === 0 ? [] : [failed === 0 ? text : `${text}, ${pc.red(`${failed} failed`)}`]
  }
  return [...part('journey', journeys), ...part('request', requests), ...part('check', checks)].join(' · ')
}

function linesFor(line: StoryLine, depth: number, showing: Showing): string[] {
  if (line.kind === 'request') return requestLines(line, depth, showing)
  if (line.kind === 'check') return checkLines(line, depth, showing)
  const margin = '  '.repeat(depth)
  if (line.kind === 'error') return errorLines(line, margin, showing)
  const name = line.kind === 'journey' ? pc.bold(printable(line.name)) : printable(line.name)
  const took = line.milliseconds === undefined ? 'not completed' : time(line.milliseconds)
  return [
    `${margin}${mark(line.ok)} ${name} ${pc.dim(took)}`,
    ...line.lines.flatMap((inner) => linesFor(inner, depth + 1, showing)),
    ...(line.kind === 'journey' ? [''] : []),
  ]
}

function errorLines({ text, request, stack }: ErrorLine, margin: string, { sources, at }: Showing): string[] {
  const source = placeIn(stack, at)
  return [
    `${margin}${mark(false)} ${pc.red(redacted(text))}`,
    ...(request === undefined ? [] : [row(margin, 'after', `request ${redacted(request)}`)]),
    ...placeRows(margin, source && locationOf(sources, source)),
  ]
}

/** What a script threw outside of any journey, with its place. */
export function thrownLines(message: string, place: SourcePlace | undefined, { sources }: Showing): string[] {
  return [
    `${mark(false)} ${pc.red(redacted(message))}`,
    ...placeRows('', place && locationOf(sources, place)),
  ]
}

function requestLines(line: RequestLine, depth: number, { sources, http }: Showing): string[] {
  const margin = '  '.repeat(depth)
  const { method, name, status, milliseconds, ok, error, exchange } = line
  const answer = status === 0 ? 'no answer' : String(status)
  const text = `${method} ${redacted(name)} ${ok ? pc.green(answer) : pc.red(answer)} ${pc.dim(time(milliseconds))}`
  const place = ok || line.byPage ? undefined : locateRequest(sources, name, line.step)
  return [
    `${margin}${ok ? pc.dim('→') : mark(false)} ${text}`,
    ...(error === undefined ? [] : [row(margin, 'got', redacted(error))]),
    ...(ok ? [] : bodyRows(margin, line)),
    ...placeRows(margin, place),
    ...(http && exchange
      ? [...dump(margin, '>', exchange.request), ...dump(margin, '<', exchange.response)]
      : []),
  ]
}

function checkLines(line: CheckLine, depth: number, { sources }: Showing): string[] {
  const margin = '  '.repeat(depth)
  const { name, ok, step, expected, got, after } = line
  const heading = `${margin}${mark(ok)} ${ok ? printable(name) : pc.red(printable(name))}`
  if (ok) return [heading]
  return [
    heading,
    ...(expected === undefined ? [] : [row(margin, 'expected', printable(expected))]),
    ...(got === undefined ? [] : [row(margin, 'got', redacted(got))]),
    // A request that failed itself has shown its answer already.
    ...(after?.ok === true ? bodyRows(margin, after) : []),
    ...placeRows(margin, locate(sources, name, step)),
  ]
}

/** What came: the beginning of an answer's body. */
function bodyRows(margin: string, { method, name, exchange }: RequestLine): string[] {
  if (exchange?.response === undefined) return []
  const excerpt = shownExcerpt(failureMessage(exchange.response), MAX_EXCERPT_CHARACTERS)
  return [
    row(
      margin,
      'body',
      `${pc.dim(`of ${method} ${redacted(name)}:`)} ${printable(excerpt === '' ? 'empty' : excerpt)}`,
    ),
  ]
}

function placeRows(margin: string, place: SourceLocation | undefined): string[] {
  if (!place) return []
  const { file, line, column, text } = place
  const source = text.trimEnd().slice(0, 160)
  const number = `${line} │ `
  return [
    row(margin, 'line', pc.cyan(`${file}:${line}:${column}`)),
    `${margin}      ${pc.dim(number)}${printable(source.replaceAll('\t', ' '))}`,
    `${margin}      ${' '.repeat(number.length + column - 1)}${pc.red('^')}`,
  ]
}

function dump(margin: string, sign: string, text: string | undefined): string[] {
  if (text === undefined) return []
  const message = failureMessage(text)
  const body = shownBody(message)
  const shown =
    body.length > MAX_BODY_CHARACTERS
      ? `${body.slice(0, MAX_BODY_CHARACTERS)}… (${body.length} characters)`
      : body
  return [
    redact(message.first),
    ...message.headers.map(([name, value]) => `${name}: ${shownHeader(name, value)}`),
    ...(shown === '' ? [] : ['', ...shown.split('\n')]),
  ].map((line) => pc.dim(`${margin}    ${sign} ${printable(line.replaceAll('\t', '  '))}`.trimEnd()))
}

/** What came from outside: neither secrets nor control characters. */
const redacted = (text: string): string => printable(redact(text))

const row = (margin: string, word: string, text: string): string =>
  `${margin}    ${pc.dim(word.padEnd(8))} ${text}`

const mark = (ok: boolean): string => (ok ? pc.green('✓') : pc.red('✗'))

const time = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`
