import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { atomicWrite, LOG_FILE, ofInstance, parseJson, SUMMARY_FILE, writePart } from '../../base/index.ts'
import { readBody } from '../../base/http/index.ts'
import { MAX_BYTES, PATHS, type Offer } from '../../run/index.ts'
import { createCoordinator, type Coordinator, type CoordinatorOptions, type Kept } from './coordinator.ts'
import { LIMITS } from './limits.ts'
import { reportOf } from './reportOf.ts'

/** An answer to a request that carries the token. */
export interface Answer {
  readonly status: number
  readonly text?: string | Buffer
  readonly type?: string
}

/** Told of the bytes of a body as they come. */
type Count = (bytes: number) => void

/** What instances that were started by `run --join` ask and send. */
export interface Joining {
  readonly coordinator: Coordinator
  /** Undefined where the path is none of these. */
  answer(request: IncomingMessage, path: string, count?: Count): Promise<Answer | undefined>
  /** Those of whose logs there was more than is kept. */
  cut(): readonly string[]
}

/** The file in the folder of pushes that tells who had joined. */
const JOINED_FILE = 'joined.json'

/** Opens what instances join by, with what a collector before this one knew. `folder` is the run's, `place` that of pushes. */
export async function openJoining(
  { folder, place }: { folder: string; place: string },
  offer: Offer,
  options: CoordinatorOptions,
): Promise<Joining> {
  const file = join(place, JOINED_FILE)
  const before = parseJson(await readFile(file, 'utf8').catch(() => '')) as Kept | undefined
  const coordinator = createCoordinator(options, before)
  let written = ''
  let last: Promise<unknown> = Promise.resolve()
  /** What is told is written before it is answered, an end is not told twice; a full disk keeps nobody from its end. */
  const keep = (): Promise<unknown> => {
    const text = JSON.stringify({
      ...coordinator.kept(),
      joined: coordinator.joined().map((one) => ({ ...one, last: 0 })),
    })
    if (text !== written)
      last = last
        .then(() => atomicWrite(file, text, { mode: 0o600 }))
        .catch(() => {
          written = ''
        })
    written = text
    return last
  }
  const report = async (request: IncomingMessage, count?: Count): Promise<Answer> => {
    const body = await readBody(request, MAX_BYTES.report, count)
    const given = body && reportOf(body)
    if (!given) return { status: 400, text: 'This is no report of an instance.' }
    const order = coordinator.take(given, Date.now())
    if ('problem' in order) return { status: order.status, text: order.problem }
    await keep()
    return json(order)
  }
  const cut = new Set<string>()
  const take = async (
    request: IncomingMessage,
    { name, most, count }: { name: string; most: number; count: Count | undefined },
  ): Promise<Answer> => {
    const { searchParams } = new URL(request.url ?? '', 'http://collector')
    const id = searchParams.get('id') ?? ''
    const from = Number(searchParams.get('from') ?? 0)
    if (!coordinator.joined().some(({ part }) => part.id === id))
      return { status: 409, text: 'No instance of this name has joined.' }
    if (!Number.isSafeInteger(from) || from < 0 || from > LIMITS.logBytes) {
      cut.add(id)
      return { status: 413, text: 'The log of an instance is kept up to its limit alone.' }
    }
    const body = await readBody(request, most, count)
    if (!body) return { status: 413, text: `At most ${most} bytes are taken at once.` }
    await writePart(join(folder, ofInstance(name, id)), body, from)
    return { status: 204 }
  }
  return {
    coordinator,
    cut: () => [...cut],
    async answer(request, path, count) {
      const asked = `${request.method ?? ''} ${path}`
      if (asked === `GET ${PATHS.run}`) return json(offer)
      if (asked === `POST ${PATHS.instance}`) return report(request, count)
      if (asked === `PUT ${PATHS.log}`) return take(request, { name: LOG_FILE, most: MAX_BYTES.log, count })
      if (asked === `PUT ${PATHS.summary}`)
        return take(request, { name: SUMMARY_FILE, most: MAX_BYTES.summary, count })
      return undefined
    },
  }
}

const json = (value: object): Answer => ({
  status: 200,
  text: JSON.stringify(value),
  type: 'application/json',
})
