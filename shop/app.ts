import type { IncomingMessage, ServerResponse } from 'node:http'
import { keepCarts } from './carts.ts'
import { CONTROL_PATH, control, type FaultSwitch } from './control.ts'
import { behave } from './faults/behaviour.ts'
import type { Fault } from './faults/fault.ts'
import { parseFaults } from './faults/parse.ts'
import type { Stock } from './handlers.ts'
import type { Settled } from './options.ts'
import { stream } from './random.ts'
import { respond } from './respond.ts'
import { parseTarget } from './target.ts'
import type { Tracer } from './tracer.ts'

/** The shop as a listener of requests: the contract, the control route, and a span of each answer. */
export function makeApp(settled: Settled, tracer: Tracer | undefined) {
  const start = (faults: readonly Fault[]) => behave(faults, { ...settled, now: () => performance.now() })
  const stock: { -readonly [K in keyof Stock]: Stock[K] } = {
    carts: keepCarts(),
    behaviour: start(settled.faults),
    random: stream(settled.seed, 'choices'),
    today: () => new Date(),
  }
  const faults: FaultSwitch = {
    list: () => stock.behaviour.faults,
    replace: (texts) => void (stock.behaviour = start(parseFaults(texts))),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = now()
    const target = parseTarget(request.url ?? '/')
    if (target === undefined) response.writeHead(400).end()
    else if (target.path === CONTROL_PATH) await control(request, response, faults)
    else {
      const answered = await respond(request, response, target, stock)
      if (tracer === undefined || answered === undefined) return
      const { reply, match } = answered
      tracer.record({
        traceparent: request.headers.traceparent?.toString(),
        method: request.method ?? '',
        path: target.path,
        route: match?.route.name,
        status: reply.status,
        start: from,
        end: now(),
        failed: reply.failed,
      })
    }
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  }
}

const now = (): number => performance.timeOrigin + performance.now()
