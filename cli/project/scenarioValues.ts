import { parseGoDuration } from '../../testing/duration.ts'

/** An object of options. */
export type ScenarioFields = Readonly<Record<string, unknown>>

/** A value that k6 refuses: where it is, what it is, what is allowed. */
export interface RefusedValue {
  at: string
  got: string
  fix: string
}

/** The least that a scenario may last, in milliseconds. */
const MIN_DURATION_MS = 1000
/** VUs that k6 runs at most at the same time, in a ramp. */
const MAX_VUS = 100_000_000

const COUNTS = ['vus', 'iterations', 'rate', 'preAllocatedVUs', 'maxVUs', 'startVUs', 'startRate']
const TIMES = ['startTime', 'gracefulStop', 'gracefulRampDown', 'duration', 'maxDuration', 'timeUnit']

/** Reads the values of a scenario as k6 does, and gathers what it refuses. */
interface Reader {
  has: (key: string) => boolean
  /** A count, k6's default where there is none. */
  count: (key: string, otherwise: number) => number
  /** Milliseconds; NaN for what is no duration, which is told by itself. */
  time: (key: string, otherwise: number) => number
  refuse: (key: string, allowed: string) => void
  stages: readonly unknown[]
}

/** The values of one scenario, of the executor of that name, that k6 reads and then refuses: it ends with 104. */
export function valuePlaces(executor: string, scenario: ScenarioFields, at: string): RefusedValue[] {
  const places: RefusedValue[] = []
  const value = (key: string): unknown => fieldOf(scenario, key)
  const has = (key: string): boolean => value(key) !== undefined && value(key) !== null
  const reader: Reader = {
    has,
    count: (key, otherwise) => (has(key) ? Number(value(key)) : otherwise),
    time: (key, otherwise) => (has(key) ? (parseGoDuration(value(key)) ?? NaN) : otherwise),
    refuse: (key, fix) => places.push({ at: `${at}.${key}`, got: shown(value(key)), fix }),
    stages: Array.isArray(value('stages')) ? (value('stages') as unknown[]) : [],
  }
  for (const key of TIMES)
    if (has(key) && parseGoDuration(value(key)) === undefined) reader.refuse(key, "a duration, such as '30s'")
  for (const key of COUNTS)
    if (has(key) && !isWhole(value(key)))
      reader.refuse(key, 'a whole number; for less than one a second raise timeUnit')
  for (const key of ['startTime', 'gracefulStop'])
    if (reader.time(key, 0) < 0) reader.refuse(key, '0s or more')
  if (value('exec') === '') reader.refuse('exec', 'the name of an exported function')
  RULES[executor]?.(reader)
  return places
}

const lasts = ({ has, time, refuse }: Reader): void => {
  if (!has('duration') || time('duration', 0) < MIN_DURATION_MS) refuse('duration', 'at least 1s')
}
const ends = ({ time, refuse }: Reader): void => {
  if (time('maxDuration', MIN_DURATION_MS) < MIN_DURATION_MS) refuse('maxDuration', 'at least 1s')
}
const someVUs = ({ count, refuse }: Reader): void => {
  if (count('vus', 1) <= 0) refuse('vus', 'at least 1')
}
const arrivals = ({ has, count, time, refuse }: Reader): void => {
  if (time('timeUnit', MIN_DURATION_MS) <= 0) refuse('timeUnit', 'more than 0s')
  if (!has('preAllocatedVUs') || count('preAllocatedVUs', 0) < 0)
    refuse('preAllocatedVUs', 'the VUs that wait from the start: 0 or more')
  if (has('maxVUs') && count('maxVUs', 0) < count('preAllocatedVUs', 0))
    refuse('maxVUs', 'at least preAllocatedVUs')
}
const ramps = ({ stages, refuse }: Reader): void => {
  if (stages.length === 0) refuse('stages', "at least one, such as { duration: '30s', target: 10 }")
  for (const [index, stage] of stages.entries()) {
    const { duration, target } = { duration: fieldOf(stage, 'duration'), target: fieldOf(stage, 'target') }
    const milliseconds = parseGoDuration(duration)
    if (milliseconds === undefined || milliseconds < 0)
      refuse(`stages[${index}].duration`, `a duration of 0s or more in place of ${shown(duration)}`)
    if (target === undefined || target === null || !(Number(target) >= 0))
      refuse(`stages[${index}].target`, `a number of 0 or more in place of ${shown(target)}`)
  }
}

/** What each executor asks of its values, as k6 2.2 checks them. */
const RULES: Readonly<Record<string, (reader: Reader) => void>> = {
  'shared-iterations': (reader) => {
    someVUs(reader)
    if (reader.count('iterations', 1) < reader.count('vus', 1))
      reader.refuse('iterations', 'at least as many as vus')
    ends(reader)
  },
  'per-vu-iterations': (reader) => {
    someVUs(reader)
    if (reader.count('iterations', 1) <= 0) reader.refuse('iterations', 'at least 1')
    ends(reader)
  },
  'constant-vus': (reader) => {
    someVUs(reader)
    lasts(reader)
  },
  'ramping-vus': (reader) => {
    const start = reader.count('startVUs', 1)
    const targets = reader.stages.map((stage) => Number(fieldOf(stage, 'target') ?? 0))
    if (start < 0) reader.refuse('startVUs', '0 or more')
    if (reader.stages.length > 0 && !(Math.max(start, ...targets) > 0))
      reader.refuse('stages', 'a target above 0, or startVUs')
    if (Math.max(start, ...targets) > MAX_VUS) reader.refuse('stages', `targets of at most ${MAX_VUS}`)
    ramps(reader)
  },
  'constant-arrival-rate': (reader) => {
    if (!(reader.count('rate', 0) > 0))
      reader.refuse('rate', 'at least 1; for less than one a second raise timeUnit')
    lasts(reader)
    arrivals(reader)
  },
  'ramping-arrival-rate': (reader) => {
    if (reader.count('startRate', 0) < 0) reader.refuse('startRate', '0 or more')
    ramps(reader)
    arrivals(reader)
  },
}

/** What k6 makes a scenario of where `options` have none: its executor and values; undefined where it asks for nothing. */
export function shortcutOf(
  options: ScenarioFields,
): { executor: string; fields: ScenarioFields } | undefined {
  const { vus, duration, iterations, stages } = options
  const given = (value: unknown): boolean => value !== undefined && value !== null
  if (given(iterations))
    return {
      executor: 'shared-iterations',
      fields: { vus, iterations, ...(given(duration) && { maxDuration: duration }) },
    }
  if (given(duration)) return { executor: 'constant-vus', fields: { vus, duration } }
  // k6 leaves out those without a duration.
  const lasting = Array.isArray(stages)
    ? (stages as unknown[]).filter((one) => given(fieldOf(one, 'duration')))
    : []
  if (lasting.length > 0) return { executor: 'ramping-vus', fields: { startVUs: vus, stages: lasting } }
  return given(vus) && !given(options.scenarios) && !given(stages)
    ? { executor: 'shared-iterations', fields: { vus, iterations: vus } }
    : undefined
}

/** Whether k6 reads it as an integer; k6 also accepts a string of one. */
const isWhole = (value: unknown): boolean =>
  Number.isInteger(value) || (typeof value === 'string' && /^[+-]?\d+$/.test(value))

/** A field by its name; capitals do not matter to k6. */
function fieldOf(fields: unknown, key: string): unknown {
  const found = Object.entries(Object(fields) as ScenarioFields).find(
    ([name]) => name.toLowerCase() === key.toLowerCase(),
  )
  return found?.[1]
}

const shown = (value: unknown): string =>
  value === undefined || value === null ? 'nothing' : JSON.stringify(value).slice(0, 60)
