import { CHECKS, JOURNEYS, STEPS } from '../../record/index.ts'
import { defined } from '../../base/index.ts'
import type { Exchange, LoggedFailure, DevLog } from './log.ts'
import { DOCUMENT, pointsOf, type Point } from './points.ts'

/** A request of a pass. */
export interface RequestLine {
  kind: 'request'
  name: string
  step?: string
  method: string
  /** 0 where no answer came. */
  status: number
  milliseconds: number
  /** k6 counts it as expected. */
  ok: boolean
  /** A page in a browser asked, and no line of the author's. */
  byPage?: true
  /** Why no answer came, or who made it. */
  error?: string
  exchange?: Exchange
}

/** A check of a pass. */
export interface CheckLine {
  kind: 'check'
  name: string
  step?: string
  ok: boolean
  expected?: string
  got?: string
  /** The request before it, whose answer is most likely the one that was checked. */
  after?: RequestLine
}

/** An error that ended a journey. */
export interface ErrorLine {
  kind: 'error'
  text: string
  /** The request before it, by its name. */
  request?: string
  /** Positions in the bundle, innermost first, `line:column` each. */
  stack?: string
  ok: false
}

/** A step or a journey, with what happened in it, in order. */
export interface Block {
  kind: 'step' | 'journey'
  name: string
  ok: boolean
  /** Undefined where its end was not reached. */
  milliseconds?: number
  lines: StoryLine[]
}

/** A line of a pass's story. */
export type StoryLine = RequestLine | CheckLine | ErrorLine | Block

/** What happened in a pass, told from k6's `--out json` and its log: journeys, in them steps, in them requests and checks. */
export function storyOf(json: string, log: DevLog): Block[] {
  const teller = {
    journeys: [] as Block[],
    open: new Map<string, Block>(),
    last: new Map<string, RequestLine>(),
  }
  const [exchanges, failures] = [[...log.exchanges], [...log.failures]]
  for (const point of pointsOf(json)) tell(teller, point, exchanges, failures)
  for (const failure of failures) if (failure.kind === 'error') tellError(teller, failure)
  return teller.journeys
}

/** Puts an error into the step that threw it, or else into its journey: neither went well. */
function tellError({ journeys }: Teller, { what, journey = '', step, request, stack }: LoggedFailure): void {
  const block = journeys.findLast(({ name }) => name === journey)
  if (!block) return
  const path = step === undefined ? undefined : pathTo(block, step)
  for (const one of path ?? [block]) one.ok = false
  const line: ErrorLine = { kind: 'error', text: what, ok: false }
  if (request !== undefined) line.request = request
  if (stack !== undefined) line.stack = stack
  ;(path?.at(-1) ?? block).lines.push(line)
}

/** The blocks from one down to its last step of a name. */
function pathTo(block: Block, step: string): Block[] | undefined {
  for (const line of block.lines.toReversed()) {
    if (line.kind !== 'step') continue
    const inner = pathTo(line, step) ?? (line.name === step ? [line] : undefined)
    if (inner) return [block, ...inner]
  }
  return undefined
}

/** Every line of a story, at any depth. */
export function linesOf(blocks: readonly StoryLine[]): StoryLine[] {
  return blocks.flatMap((line) => ('lines' in line ? [line, ...linesOf(line.lines)] : [line]))
}

interface Teller {
  journeys: Block[]
  /** Blocks whose end was not reached, by journey and group. */
  open: Map<string, Block>
  /** The last request of each journey. */
  last: Map<string, RequestLine>
}

function tell(
  teller: Teller,
  { metric, value, tags }: Point,
  exchanges: Exchange[],
  failures: LoggedFailure[],
): void {
  const { journey = '', group = '', step } = tags
  const path = group.split('::').filter(Boolean)
  const at = (): Block => blockAt(teller, journey, path)
  if (metric === JOURNEYS.started) blockAt(teller, journey, [])
  else if (metric === JOURNEYS.trend) blockAt(teller, journey, []).milliseconds = value
  else if (metric === JOURNEYS.failedShare) {
    const block = blockAt(teller, journey, [])
    if (value !== 0) block.ok = false
    close(teller, journey, [])
  } else if (metric === STEPS.trend) {
    at().milliseconds = value
    close(teller, journey, path)
  } else if (metric === CHECKS.okShare) {
    const line = checkLine(tags.check ?? '', value !== 0, step ?? path.at(-1), teller.last.get(journey))
    const failure = line.ok ? undefined : take(failures, (one) => isAbout(one, 'check', line.name, tags))
    at().lines.push(Object.assign(line, explained(failure)))
    if (!line.ok) blame(teller, journey, path)
  } else if (!isPreflight(tags)) {
    const line = requestLine(tags, value, exchanges, failures)
    at().lines.push(line)
    teller.last.set(journey, line)
    if (!line.ok) blame(teller, journey, path)
  }
}

/** Whether a socket asked if anybody is there: it is not the journey's own, and of its answer nothing is expected. */
const isPreflight = ({ name, expected_response }: Point['tags']): boolean =>
  name === 'preflight' && expected_response === undefined

function requestLine(
  tags: Point['tags'],
  milliseconds: number,
  exchanges: Exchange[],
  failures: LoggedFailure[],
): RequestLine {
  const { name = '', method = '', status = '0', journey, group = '', step, error } = tags
  const ok =
    tags.expected_response !== 'false' && status !== '0' && !(DOCUMENT in tags && Number(status) >= 400)
  const failure = ok ? undefined : take(failures, (one) => isAbout(one, 'request', name, tags))
  const answered = status !== '0'
  const exchange = take(
    exchanges,
    (one) =>
      one.name === name &&
      one.journey === journey &&
      one.group === group &&
      one.request.startsWith(`${method} `) &&
      (one.response !== undefined) === answered,
  )
  const why = failure?.got ?? error
  return {
    kind: 'request',
    name,
    method,
    status: Number(status),
    milliseconds,
    ok,
    ...(DOCUMENT in tags ? { byPage: true as const } : {}),
    ...defined({ step, exchange, error: why === '' ? undefined : why }),
  }
}

function checkLine(name: string, ok: boolean, step: string | undefined, after?: RequestLine): CheckLine {
  return { kind: 'check', name, ok, ...(step === undefined ? {} : { step }), ...(after ? { after } : {}) }
}

const explained = (failure?: LoggedFailure): Pick<CheckLine, 'expected' | 'got'> =>
  defined({ expected: failure?.expected, got: failure?.got })

const isAbout = (one: LoggedFailure, kind: string, what: string, { journey, step }: Point['tags']): boolean =>
  one.kind === kind && one.what === what && one.journey === journey && one.step === step

/** The first of a list for which something holds, taken out of it. */
function take<T>(list: T[], holds: (item: T) => boolean): T | undefined {
  const at = list.findIndex(holds)
  return at < 0 ? undefined : list.splice(at, 1)[0]
}

const keyOf = (journey: string, path: readonly string[]): string => [journey, ...path].join('::')

/** The open block of a journey's group; made, and its outer ones, where there is none. */
function blockAt(teller: Teller, journey: string, path: readonly string[]): Block {
  const known = teller.open.get(keyOf(journey, path))
  if (known) return known
  const block: Block = {
    kind: path.length === 0 ? 'journey' : 'step',
    name: path.at(-1) ?? journey,
    ok: true,
    lines: [],
  }
  ;(path.length === 0 ? teller.journeys : blockAt(teller, journey, path.slice(0, -1)).lines).push(block)
  teller.open.set(keyOf(journey, path), block)
  return block
}

function close(teller: Teller, journey: string, path: readonly string[]): void {
  teller.open.delete(keyOf(journey, path))
}

function blame(teller: Teller, journey: string, path: readonly string[]): void {
  for (let depth = 0; depth <= path.length; depth++) blockAt(teller, journey, path.slice(0, depth)).ok = false
}
