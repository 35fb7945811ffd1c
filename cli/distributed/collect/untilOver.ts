import { andMore, delay, plural } from '../../base/index.ts'
import { GRACE_MS } from '../../k6/index.ts'
import type { Plan } from '../../project/index.ts'
import { fullOf, ranScenarios, textsOf, type RunRecord } from '../../record/index.ts'
import { followLoad } from '../../run/index.ts'
import { leastSeconds } from '../../verdict/index.ts'
import { createNews } from './news.ts'
import type { Opened } from './openCollector.ts'
import { standingOf, type Awaited, type Standing } from './standing.ts'

/** A collector that listens, and what it waits for. */
export interface Underway extends Omit<Awaited, 'since' | 'lasts'> {
  readonly plan: Plan
  readonly started: RunRecord
  readonly opened: Opened
  readonly stopped: AbortSignal
  /** Says a line, and notes for the run's log what k6 would have said there. */
  readonly say: (line: string) => void
  readonly log: (sentence: string) => void
}

/** Milliseconds between two looks at who has come. */
const INTERVAL_MS = 250

/** Waits for the end of all, and says meanwhile who comes and goes. */
export async function untilOver(underway: Underway): Promise<Standing> {
  const { opened, started, stopped, say, ...awaited } = underway
  const { intake, coordinator } = opened
  const scenarios = ranScenarios(started)
  const since = Date.now()
  const news = createNews(awaited.expect)
  const told = new Set<string>()
  const minutes = createMinutes(since)
  let following: { stop: () => void } | undefined
  let stoppedAt: number | undefined
  let wasFull = false
  try {
    for (;;) {
      const members = intake.members()
      const now = Date.now()
      // Those that wait for the others push, too.
      if (members.some(({ load }) => load)) following ??= follow(underway)
      const problems = intake.problems()
      const lines = [
        ...textsOf(problems),
        ...coordinator
          .joined()
          .flatMap(({ part, warnings = [] }) =>
            warnings.map((line) => `warning: instance ${part.id}: ${line}`),
          ),
      ]
      const fresh = lines.filter((line) => !told.has(line))
      for (const line of fresh) told.add(line)
      const isFull = intake.unkept().length > 0
      if (wasFull && !isFull) say('the disk takes pushes again')
      wasFull = isFull
      for (const line of [...news(members, since, now), ...fresh]) say(line)
      if (stopped.aborted) {
        stoppedAt ??= now
        coordinator.stop({ why: 'the collector was interrupted', code: 105 })
      }
      const joined = coordinator.joined()
      const full = fullOf(problems)
      // Nobody records what they would go on to do.
      if (full !== undefined && joined.length > 0) coordinator.stop({ why: full })
      const isStopping = coordinator.stopping !== undefined
      const expect = awaited.expect ?? (coordinator.expect > 0 ? coordinator.expect : undefined)
      const lasts = leastSeconds(scenarios, Math.max(expect ?? 0, members.length))
      const about = { ...awaited, expect, since, lasts }
      const standing = standingOf(members, about, now, { joined, isStopping })
      const waits = waitsFor(standing, members.length + joined.length)
      if (waits !== undefined) for (const minute of minutes(now)) say(`${waits} (${minute} min)`)
      const { waiting } = coordinator
      if (waiting !== undefined && now - Math.max(waiting, since) >= awaited.waitMs)
        coordinator.giveUp(awaited.waitMs / 1000)
      const [lost] = standing.given
      if (lost !== undefined && joined.length > 0) coordinator.stop({ why: lost })
      const hasPatience = stoppedAt !== undefined && now - stoppedAt < GRACE_MS
      const isOut = joined.every(({ state }) => state === 'ended') || !hasPatience
      if (standing.isOver || (stopped.aborted && isOut)) return standing
      await delay(INTERVAL_MS)
    }
  } finally {
    following?.stop()
  }
}

/** Shows where the load is, and judges what may end it. */
function follow({ plan, started, opened, say, log }: Underway): { stop: () => void } {
  const { store, coordinator } = opened
  const abort = (sentence: string): void => {
    const isOthers = coordinator.joined().length === 0
    say(isOthers ? `${sentence}: k6 that others started go on` : sentence)
    if (isOthers) return
    log(sentence)
    coordinator.stop({ why: 'a threshold was crossed', code: 99 })
  }
  return followLoad({ store, started, thresholds: plan.manifest.options.thresholds }, abort)
}

/** Who has not come; undefined where nobody is waited for. */
function waitsFor({ missing }: Standing, come: number): string | undefined {
  if (missing.length > 0)
    return `waits for ${plural(missing.length, 'instance')}: ${andMore(missing.slice(0, 10), missing.length - 10).join(', ')}`
  return come === 0 ? 'nobody has come yet' : undefined
}

/** Gives each minute once that has passed since then, ms since 1970. */
function createMinutes(since: number): (now: number) => number[] {
  let told = 0
  return (now) => {
    const minute = Math.floor((now - since) / 60_000)
    if (minute <= told) return []
    told = minute
    return [minute]
  }
}
