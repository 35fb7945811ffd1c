import { randomUUID } from 'node:crypto'

/** Milliseconds between two pings, and those in which one has to be answered. */
const PING_MS = 1000

/** What is done with a text of Socket.IO: it says something, is answered, or is of no interest. */
export interface Heard {
  said?: Record<string, unknown>
  reply?: string
}

/**
 * Socket.IO 5 over Engine.IO 4, as far as a shop needs it: `0{…}` opens, `40` joins, `2` is a ping that wants a `3`,
 * `42["event",{…}]` says something, `41` leaves.
 */
export function socketIo() {
  const sid = randomUUID()
  const open = { sid, upgrades: [], pingInterval: PING_MS, pingTimeout: PING_MS }
  return {
    greeting: `0${JSON.stringify(open)}`,
    ping: '2',
    pong: '3',
    every: PING_MS,
    hear(text: string): Heard {
      if (text === '40') return { reply: `40${JSON.stringify({ sid })}` }
      if (text === '41') return { said: { type: 'close' } }
      const [type, about] = eventIn(text)
      return typeof type === 'string' ? { said: { ...Object(about), type } as Record<string, unknown> } : {}
    },
    /** A message as an event: its type is the event's name. */
    write: ({ type, ...about }: Record<string, unknown>): string => `42${JSON.stringify([type, about])}`,
  }
}

function eventIn(text: string): readonly unknown[] {
  try {
    const event: unknown = text.startsWith('42') ? JSON.parse(text.slice(2)) : undefined
    return Array.isArray(event) ? (event as unknown[]) : []
  } catch {
    return []
  }
}
