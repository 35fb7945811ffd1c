import { sum } from '../../../config/sum.ts'
import { number, plural, UserError } from '../../base/index.ts'
import type { Made } from '../made.ts'
import type { Note } from '../recording.ts'
import { freeNames } from '../traffic/names.ts'
import { nounOf } from '../traffic/template.ts'
import { variableName } from '../write/variableName.ts'
import { addressOf } from './address.ts'
import { poolOf } from './poolOf.ts'
import { readLocust, type LocustRequest } from './readLocust.ts'
import { isSafe } from './reasonToLeave.ts'
import type { MixedRequest } from './requests.ts'
import { MIX_NAMES, mixSuite } from './suite.ts'

/** Users whose load the suite makes: a locustfile does not say how many there are. */
const USERS = 10
/** Seconds between tasks where the file does not say. */
const WAIT_SECONDS = 1

/** Makes a suite of the requests of a locustfile, by the weights of its tasks. Throws UserError where none can be read. */
export function convertLocust(text: string, file: string, name: string): Made {
  const { requests, wait, perTask, host, unread } = readLocust(text)
  if (requests.length === 0)
    throw new UserError(
      `${file}: no task with a request can be read: allowed: @task(weight) or tasks = { … }, with self.client.get("/path")`,
    )
  const names = freeNames(new Set([...MIX_NAMES, variableName(name)]))
  const left: Note[] = []
  const mixed = requests.flatMap((one): MixedRequest[] => {
    const own = one.method === 'GET' ? one.name : `${one.method} ${one.name}`
    const rows = one.paths.flatMap((path): [string, number][] => {
      const value = addressOf(path)?.value
      return value === undefined ? [] : [[value, 1]]
    })
    const why = whyNot(one, rows.length)
    if (why !== undefined) {
      left.push({ text: `${own}, weight ${number(one.weight)}: ${why}` })
      return []
    }
    return [
      {
        variable: names.give(nounOf(one.template.replaceAll(':id', '0'))),
        name: own,
        method: one.method,
        status: 200,
        count: one.weight,
        path: rows.length > 1 ? undefined : rows[0]?.[0],
        rows: rows.length > 1 ? rows : [],
      },
    ]
  })
  if (mixed.length === 0)
    throw new UserError(
      `${file}: none of its requests can be sent as they are: ${left.map((one) => one.text).join('; ')}`,
    )
  const weights = (some: readonly { weight: number }[]): number => sum(some.map(({ weight }) => weight))
  const kept = sum(mixed.map(({ count }) => count)) / weights(requests)
  const [least, most] = wait ?? [WAIT_SECONDS, WAIT_SECONDS]
  const rate = Math.max(
    0.001,
    Math.round((USERS * perTask * kept * 1000) / Math.max(0.1, (least + most) / 2)) / 1000,
  )
  const kind = 'a locustfile'
  return {
    kind,
    name,
    text: mixSuite({
      kind,
      file,
      name,
      requests: mixed,
      rate,
      typicalSeconds: 1,
      pattern: false,
      tasks: true,
    }),
    files: mixed.flatMap(({ variable, rows }) =>
      rows.length === 0 ? [] : [{ name: `${name}.${variable}.pool.csv`, text: poolOf(rows) }],
    ),
    counts: { journeys: mixed.length, requests: mixed.length, checks: mixed.length },
    steps: mixed.map((one) => `${one.name}: weight ${number(one.count)}`),
    read: [],
    base: host,
    secrets: [],
    left: [...left, ...unread],
    look: [
      {
        text: `the rate is that of ${plural(USERS, 'user')} who wait ${wait === undefined ? `${WAIT_SECONDS} second, since the file does not say` : `${least} to ${most} seconds`} between tasks: --rate sets another`,
      },
      { text: 'a locustfile has no arrivals: the profile replay needs an access log' },
      { text: 'each request is alone, without a session; its status is taken to be 200' },
    ],
  }
}

function whyNot({ method }: LocustRequest, rows: number): string | undefined {
  if (!isSafe(method)) return 'its body is made by Python: write a journey for it'
  return rows === 0 ? 'its address is made by Python' : undefined
}
