/** A message that came: text, or bytes. */
export interface SocketMessage {
  readonly data: string | ArrayBuffer
  /** When it came, whether anybody waited or not: Unix time in milliseconds. */
  readonly at: number
  /** Its text as JSON, taken to be a `T`; undefined where it is none. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- authors name the type of what they get
  json<T = unknown>(): T | undefined
}

/** What k6 tells of a message. */
export interface MessageEvent {
  data: string | ArrayBuffer
  timestamp: number
}

/** Makes a message of k6's event. */
export const messageOf = ({ data, timestamp }: MessageEvent): SocketMessage => ({
  data,
  at: timestamp,
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as it is declared
  json<T>(): T | undefined {
    try {
      return JSON.parse(data as string) as T
    } catch {
      return undefined
    }
  },
})

/** What was asked for; without one, any message. */
export type Wanted = (message: SocketMessage) => boolean

/** Whether a message is the one. What stands in for any message, where a build looks at a journey, is it too. */
export const isWanted = (message: SocketMessage, wanted: Wanted | undefined): boolean =>
  typeof message.data === 'function' || wanted === undefined || wanted(message)
