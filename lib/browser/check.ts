import { check as plainCheck, ensure as plainEnsure } from '../check.ts'
import { openStep } from '../openStep.ts'
import type { Predicate } from '../predicates.ts'
import type { TagValue } from '../vu.ts'
import { keep } from './keep.ts'
import { visit } from './visit.ts'

/** Checks by name, each of which may have to wait: `{ 'title is right': async (page) => (await page.title()) === 'Shop' }`. */
export type PageChecks<T> = Readonly<Record<string, (value: T) => boolean | Promise<boolean>>>

/**
 * Awaits each check, then checks as k6's `check` does, and gives whether all held. What the page looked like is kept where
 * one did not. Throws what a check throws.
 */
export const check = async <T>(
  value: T,
  checks: PageChecks<T>,
  tags?: Readonly<Record<string, TagValue>>,
): Promise<boolean> => {
  const held = plainCheck(value, await settled(value, checks), tags)
  if (!held && visit) await keep(visit, openStep?.name)
  return held
}

/** Checks like {@link check}, and abandons the journey where one does not hold. */
export const ensure = async <T>(
  value: T,
  checks: PageChecks<T>,
  tags?: Readonly<Record<string, TagValue>>,
): Promise<void> => plainEnsure(value, await settled(value, checks), tags)

/** The same checks, of which each is known by now: k6's own `check` awaits nothing. */
const settled = async <T>(value: T, checks: PageChecks<T>): Promise<Record<string, Predicate<T>>> => {
  const known: Record<string, Predicate<T>> = {}
  for (const [name, own] of Object.entries(checks)) {
    const held = await own(value)
    // A predicate's explanation is a property of it.
    known[name] = Object.assign(() => held, own)
  }
  return known
}
