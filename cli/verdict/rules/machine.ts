import { sum } from '../../../config/sum.ts'
import { number, plural } from '../../base/index.ts'
import type { Generator } from '../../record/index.ts'
import type { Facts, JudgedFacts } from '../facts.ts'
import type { Lacking, OutOfRoom } from '../outOfRoom.ts'
import { rule } from './rule.ts'
import { percent, secondsText } from './words.ts'

/** Seconds that the generator must have been looked at before they say anything. */
const MIN_LOOKED_SECONDS = 5
/** Milliseconds that programs may wait for the CPU of a machine that is full, before its times are unreliable. */
const MAX_LATE_MS = 250
/** Milliseconds that a clock may move. */
const MAX_SHIFT_MS = 1000
/** From here on, a target may refuse what is good, and take what is not. */
const FAR_SKEW_MS = 60_000

const isSaturated = ({ looked, saturated }: Generator): boolean =>
  looked >= MIN_LOOKED_SECONDS && saturated > looked / 2

/** Whether the machine was full for most of the judged time, and k6 was not the one that filled it. */
const isCrowded = (one: Generator): boolean =>
  one.looked >= MIN_LOOKED_SECONDS && one.full - one.saturated > one.looked / 2 && !isSaturated(one)

/** Who filled it: shares of the judged time, and of the machine; k6's browser is another program. */
interface Crowd {
  readonly full: number
  readonly k6: number
  readonly browser?: true
}

const crowd = ({ looked, full, k6 }: Generator, browser = false): Crowd => ({
  full: full / looked,
  k6,
  ...(browser ? { browser } : {}),
})

const crowdText = ({ full, k6, browser }: Crowd): string =>
  `this machine had no CPU left for ${percent(full)} % of the judged time, and k6 used ${percent(k6)} % of it: ${browser ? 'its browser and other programs' : 'other programs'} took the rest`

export const SATURATED = rule({
  code: 'generator-saturated',
  about: 'k6 had no CPU left for more than half of the judged time',
  effect: 'invalid',
  when: ({ generator }: Facts) =>
    generator && isSaturated(generator) ? [{ share: generator.saturated / generator.looked }] : [],
  say: ({ share }) =>
    `k6 had no CPU left for ${percent(share)} % of the judged time: the generator, not the target, was the limit. Take a larger machine, or less load`,
})

export const CROWDED = rule({
  code: 'machine-crowded',
  about:
    'other programs filled the machine for more than half of the judged time, and whatever ran there waited',
  effect: 'invalid',
  when: ({ generator, browser }: Facts) =>
    generator && isCrowded(generator) && generator.late > MAX_LATE_MS
      ? [{ ...crowd(generator, browser), late: generator.late }]
      : [],
  say: ({ late, ...share }) =>
    `${crowdText(share)}: processes waited ${late} ms for a CPU, so all times are unreliable. ${share.browser ? 'Drive fewer browsers, stop' : 'Stop'} other programs, or use another machine`,
})

/** Share of requests that may find no room and change no verdict, as long as nothing was crossed. */
const MAX_UNSENT_SHARE = 0.01

/** What helps against it. */
const ROOM: Readonly<Record<Lacking, string>> = {
  'file handle': 'Allow k6 more of them (ulimit -n)',
  port: 'Let k6 use its connections again (no noConnectionReuse), widen net.ipv4.ip_local_port_range, or give it more addresses (--local-ips)',
  'network buffer': 'Give the system more memory for sockets',
}

/** What was lacking where it decides, or where it does not. */
const unsent =
  (decides: boolean) =>
  ({ outOfRoom = [], received, thresholds }: Facts) => {
    const of = Math.max(received?.requests ?? 0, ...outOfRoom.map(({ count }) => count))
    const isMany = sum(outOfRoom.map(({ count }) => count)) > of * MAX_UNSENT_SHARE
    const isCrossed = thresholds.some(({ result }) => result === 'fail')
    return (isMany || isCrossed) === decides ? outOfRoom.map((one) => ({ ...one, of })) : []
  }

const unsentText = ({ lacking, count, of }: OutOfRoom & { readonly of: number }): string =>
  `the machine that makes the load had no ${lacking} left for ${number(count)} of ${plural(of, 'request')}: it, not the target, was the limit. ${ROOM[lacking]}, or make the load from several machines`

export const OUT_OF_ROOM = rule({
  code: 'generator-exhausted',
  about:
    'the machine that makes the load had no file handle, port or buffer left for more than 1 % of requests, or for fewer, and a threshold was crossed',
  effect: 'invalid',
  when: unsent(true),
  say: unsentText,
})

export const HARDLY_ANY_ROOM = rule({
  code: 'generator-exhausted',
  about: 'it had none left for few requests, and no threshold was crossed',
  effect: 'note',
  when: unsent(false),
  say: unsentText,
})

export const CLOCK_JUMPED = rule({
  code: 'clock-jumped',
  about: 'this machine’s clock jumped by more than a second during the run',
  effect: 'invalid',
  when: ({ clockShift = 0 }: Facts) => (Math.abs(clockShift) > MAX_SHIFT_MS ? [{ ms: clockShift }] : []),
  say: ({ ms }) =>
    `the clock of this machine jumped by ${secondsText(ms)} during the run (it was changed, or the machine was suspended): times are unreliable`,
})

export const SLOWED = rule({
  code: 'machine-crowded',
  about: 'other programs filled the machine for more than half of the judged time, and little waited',
  effect: 'note',
  when: ({ generator, browser, verdict }: JudgedFacts) =>
    generator && verdict !== 'invalid' && isCrowded(generator) ? [crowd(generator, browser)] : [],
  say: (share) => `${crowdText(share)}: times may be longer than the target’s own`,
})

export const OTHER_CLOCK = rule({
  code: 'clocks-differ',
  about: 'the target’s clock is more than two seconds ahead of this machine’s, or behind it',
  effect: 'note',
  when: ({ skew = 0 }: Facts) => (skew === 0 ? [] : [{ ms: skew }]),
  say: ({ ms }) =>
    `the target's clock is ${secondsText(ms)} ${ms > 0 ? 'ahead of' : 'behind'} this machine's: its logs and traces have other times${Math.abs(ms) > FAR_SKEW_MS ? ', and tokens, cookies and certificates may be too old or too new for one of them. Set the clock that is wrong' : ''}`,
})

/** From so many bytes of an answer on, bodies are what k6's memory is taken by; and the share of it that is much. */
const LARGE_BODY_BYTES = 2 ** 20
const LARGE_MEMORY_SHARE = 0.25

const mib = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`

export const BODIES = rule({
  code: 'bodies-fill-memory',
  about: 'k6 held a quarter of the memory, and the target’s answers are why',
  effect: 'note',
  when: ({ memory, received = { bytes: 0, requests: 0 } }: Facts) => {
    const each = received.bytes / received.requests
    return memory && memory.k6 >= memory.total * LARGE_MEMORY_SHARE && each >= LARGE_BODY_BYTES
      ? [{ k6: memory.k6, total: memory.total, each }]
      : []
  },
  say: ({ k6, total, each }) =>
    `k6 used ${mib(k6)} of ${mib(total)} of memory: response bodies are ${mib(each)} on average, and k6 keeps each in memory. Discard bodies that the test does not read: responseType 'none' of a client or a request, or discardResponseBodies`,
})
