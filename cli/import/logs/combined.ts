import { clfTime } from './clfTime.ts'
import { requestLine, type LogEntry } from './entry.ts'

const QUOTED = '"((?:[^"\\\\]|\\\\.)*)"'
/** What comes before the time may be more than an address: a host, a user with blanks in it. */
const LINE = new RegExp(
  `^[^"]*?\\[(\\d\\d\\/\\w{3}\\/\\d{4}:[\\d:]+ [+-]\\d{4})\\] ${QUOTED} (\\d{3}|-) \\S+(?: ${QUOTED} ${QUOTED})?(.*)$`,
)
/** nginx's request_time, which has three places: named, or the first number behind the line. */
const SECONDS = /(?:\brt|request_time)[=:]\s*"?(\d+\.\d{3})\b|^\s*"?(\d+\.\d{3})"?(?:\s|$)/

/** Reads a line of the Common or the Combined format of Apache and nginx; undefined where it is none. */
export function readCombined(line: string): LogEntry | undefined {
  const parts = LINE.exec(line)
  if (!parts) return undefined
  const [, time = '', request = '', status, , agent = '', rest = ''] = parts
  const at = clfTime(time)
  const asked = requestLine(plain(request))
  if (Number.isNaN(at) || asked === undefined) return undefined
  const [, named, first] = SECONDS.exec(rest) ?? []
  const seconds = named ?? first
  return {
    at,
    ...asked,
    status: Number(status) || 0,
    seconds: seconds === undefined ? undefined : Number(seconds),
    agent: plain(agent),
  }
}

/** A field without the escapes of Apache and nginx: `\"`, `\\`, `\x22`. */
const plain = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\(?:x([\da-fA-F]{2})|(.))/g, (_, hex: string | undefined, character: string) =>
        hex === undefined ? character : String.fromCharCode(parseInt(hex, 16)),
      )
    : text
