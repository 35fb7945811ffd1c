import { isRecord } from '../studio/raw.ts'
import type { Message } from './exchange.ts'
import { valueOf, type Value } from './value.ts'
import { readJson } from './readJson.ts'

/** How a message that is waited for is known: by a field of its JSON, or by what it begins with. */
export type Known = { field: string; value: string } | { start: string }

/** What is done on a socket: something is sent, or a message is waited for. */
export type Move = { send: Value } | { next: Known | undefined }

/** More is a stream of somebody's work, not a journey. */
const MAX_MOVES = 40
/** What only says that the other one is still there, and the packets of Engine.IO that do. */
const HEARTBEAT = /^(?:[23]|ping|pong|heartbeat|h|\n)$|^\{"(?:type|event|op)":"(?:ping|pong|heartbeat|ka)"/i
/** Fields that say what a message is. */
const KINDS = ['type', 'event', 'op', 'action', 'method', 'channel', 'topic', 'kind']

/** What a person at a socket did: everything that was sent, and after that the first message that came. */
export function movesOf(messages: readonly Message[]): Move[] {
  const moves: Move[] = []
  for (const { sent, text } of messages) {
    if (text === undefined || HEARTBEAT.test(text) || moves.length >= MAX_MOVES) continue
    const last = moves.at(-1)
    if (sent) moves.push({ send: sentValue(text) })
    else if (last === undefined || 'send' in last) moves.push({ next: knownBy(text) })
  }
  return moves
}

/** JSON that is an object is written as one. */
function sentValue(text: string): Value {
  const json = /^\s*\{/.test(text) ? readJson(text) : undefined
  return isRecord(json) ? valueOf(json) : text
}

function knownBy(text: string): Known | undefined {
  const json = readJson(text)
  if (isRecord(json)) {
    const field = KINDS.find((name) => typeof json[name] === 'string')
    return field === undefined ? undefined : { field, value: String(json[field]) }
  }
  // An event of Socket.IO, a frame of STOMP.
  const start = /^\d+\["[\w:. -]+"|^[A-Z]{3,}(?=\r?\n)/.exec(text)?.[0]
  return start === undefined ? undefined : { start }
}
