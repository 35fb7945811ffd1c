import type { Polled } from './polled.ts'

/** A name with its value: a header, a parameter. */
export type Pair = readonly [name: string, value: string]

/** What asked for a request, by its use in a browser. */
export type Kind =
  'document' | 'data' | 'static' | 'socket' | 'events' | 'beacon' | 'preflight' | 'prefetch' | 'other'

/** A field of a form. */
export interface Field {
  name: string
  value: string
  /** The name of a file. */
  file?: string
  type?: string
}

/** What a request carried. */
export interface Content {
  /** Its media type, with parameters. */
  type: string
  text?: string
  fields: readonly Field[]
}

/** What came back. */
export interface Answer {
  /** 0 where none came. */
  status: number
  headers: readonly Pair[]
  /** Its media type. */
  type: string
  /** Undefined where it was not recorded, or is of a kind that holds nothing that a request could send. */
  text?: string
  /** Where it sends the client. */
  location?: string
  /** The address of the last one of a chain of redirects. */
  url?: string
}

/** A message of a socket. */
export interface Message {
  /** Whether it was sent, or came. */
  sent: boolean
  /** Undefined where it is of bytes. */
  text?: string
}

/** One request and its answer, wherever it was recorded. */
export interface Exchange {
  /** `entry 12`: where in the file. */
  place: string
  /** Milliseconds since 1970; 0 where nothing says so. */
  at: number
  end: number
  method: string
  /** The whole address. */
  url: string
  kind: Kind
  headers: readonly Pair[]
  /** The group that it was recorded in. */
  page?: string
  content?: Content
  answer?: Answer
  /** Where it was sent again until the answer was this one. */
  polled?: Polled
  /** What was said on a socket. */
  messages?: readonly Message[]
}

/** A header's value; names are compared without case. */
export const headerOf = (headers: readonly Pair[], name: string): string | undefined =>
  headers.find(([own]) => own.toLowerCase() === name)?.[1]
