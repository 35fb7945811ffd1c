/** What k6 was seen to use in a short run of one scenario, from its release to the end of its load. */
export interface Seen {
  vus: number
  iterations: number
  /** Those that failed, among them. */
  failed: number
  /** Seconds of CPU, user and system. */
  cpu: number
  /** Bytes that the process held at most. */
  memory: number
  /** Files and sockets that it had open at most. */
  files: number
  requests: number
  /** Bytes. */
  sent: number
  received: number
  /** Seconds of an iteration on average. */
  lasts: number
}

/** What a scenario costs a load generator. */
export interface Cost {
  /** Iterations that were measured, and the share of them that failed. */
  iterations: number
  failed: number
  /** Of an iteration: seconds of CPU, requests, bytes, seconds that it lasts where the target is quick. */
  cpu: number
  requests: number
  sent: number
  received: number
  lasts: number
  /** Of a VU: bytes of memory, open files. */
  memory: number
  files: number
}

/** What k6 costs whatever it runs: bytes of memory, open files. */
export type BaseCost = Pick<Cost, 'memory' | 'files'>

/** The runs of a scenario: with few and many VUs, each with fewer and with more iterations. */
export type Runs = Readonly<Record<'few' | 'many', Readonly<Record<'short' | 'long', Seen>>>>

/**
 * The cost of an iteration and of a VU. Of an iteration: what more of them took in a run of many VUs, beyond what more of
 * them took in one of few, over as much time. So neither k6's start and its timers nor what a VU does the first time
 * count. Of a VU: what many hold beyond few.
 */
export function costOf({ few, many }: Runs): { cost: Cost; base: BaseCost } {
  const more = (of: (seen: Seen) => number): number =>
    of(many.long) - of(many.short) - (of(few.long) - of(few.short))
  const ofIteration = (of: (seen: Seen) => number): number =>
    Math.max(0, more(of)) / more(({ iterations }) => iterations)
  const ofVu = (of: (seen: Seen) => number): number =>
    Math.max(0, of(many.long) - of(few.long)) / (many.long.vus - few.long.vus)
  const each = { memory: ofVu(({ memory }) => memory), files: ofVu(({ files }) => files) }
  return {
    cost: {
      iterations: many.long.iterations,
      failed: many.long.failed / many.long.iterations,
      cpu: ofIteration(({ cpu }) => cpu),
      requests: ofIteration(({ requests }) => requests),
      sent: ofIteration(({ sent }) => sent),
      received: ofIteration(({ received }) => received),
      // Of few: many of them may have waited for one another.
      lasts: few.long.lasts,
      ...each,
    },
    base: {
      memory: Math.max(0, few.long.memory - few.long.vus * each.memory),
      files: Math.max(0, few.long.files - few.long.vus * each.files),
    },
  }
}

/** A bare script's costs (docs/performance.md), for what was never measured: nothing costs less. */
export const LEAST: { cost: Cost; base: BaseCost } = {
  cost: {
    iterations: 0,
    failed: 0,
    cpu: 50e-6,
    requests: 0,
    sent: 0,
    received: 0,
    lasts: 0,
    memory: 160 * 1024,
    files: 1,
  },
  base: { memory: 50 * 2 ** 20, files: 10 },
}
