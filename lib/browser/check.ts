import { check as plainCheck } from '../check.ts'
import { errorNamed } from '../errors.ts'
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
  const known = await settled(value, checks)
  const held = plainCheck(value, known, tags)
  if (!held && visit) await keep(visit, openStep?.name)
  return held
}

/** Checks like {@link check}, and abandons the journey where one does not hold. */
export const ensure = async <T>(
  value: T,
  checks: PageChecks<T>,
  tags?: Readonly<Record<string, TagValue>>,
): Promise<void> => {
  const known = await settled(value, checks)
  if (plainCheck(value, known, tags)) return
  const failed = Object.keys(known).filter((name) => !known[name]?.(value))
  throw errorNamed(failed.join(', '), 'Abandoned')
}

/** The same checks, of which each is known by now: k6's own `check` awaits nothing. */
const settled = async <T>(value: T, checks: PageChecks<T>): Promise<Record<string, Predicate<T>>> => {
  const known: Record<string, Predicate<T>> = {}
  for (const [name, own] of Object.entries(checks)) {
    const held = await own(value)
    const { expected, got } = own as Predicate<T>
    known[name] = Object.assign(() => held, {
      ...(expected === undefined ? {} : { expected }),
      ...(got === undefined ? {} : { got }),
    })
  }
  return known
}
