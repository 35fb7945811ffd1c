import type { IncomingMessage } from 'node:http'
import { readBody } from '../base/http/index.ts'

/** What the sender of a request is told; `problem`: what is wrong with a push of k6's. */
export interface PushRefusal {
  readonly status: number
  readonly problem: string
}

/** Bytes of a push at most. */
const MAX_BYTES = 64 * 1024 * 1024

const tooLarge: PushRefusal = { status: 413, problem: `A push is larger than ${MAX_BYTES} bytes.` }

/**
 * The body of a push (remote write 1.0), or why a request is none; `count` is told of its bytes as they come. Rejects
 * where its connection breaks, and with what `count` throws.
 */
export async function pushBody(
  request: IncomingMessage,
  count?: (bytes: number) => void,
): Promise<Buffer | PushRefusal> {
  const refusal = refused(request)
  if (refusal) return refusal
  return (await readBody(request, MAX_BYTES, count)) ?? tooLarge
}

function refused({ method, headers }: IncomingMessage): PushRefusal | undefined {
  if (method !== 'POST') return { status: 405, problem: `The recorder takes POST, not ${shortened(method)}.` }
  const type = headers['content-type'] ?? 'nothing'
  if (!/^application\/x-protobuf\s*(;\s*proto=prometheus\.WriteRequest\s*)?$/.test(type)) {
    return {
      status: 400,
      problem: `The recorder reads application/x-protobuf of remote write 1.0, not ${shortened(type)}.`,
    }
  }
  if (Number(headers['content-length']) > MAX_BYTES) return tooLarge
  const encoding = headers['content-encoding'] ?? 'nothing'
  if (encoding !== 'snappy') {
    return {
      status: 400,
      problem: `The recorder reads content encoded with snappy, not ${shortened(encoding)}.`,
    }
  }
  return undefined
}

function shortened(text = ''): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
