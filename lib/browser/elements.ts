import type { Locator } from 'k6/browser'
import { pause } from './pause.ts'
import { visit } from './visit.ts'
import { waitLimit } from './waitLimit.ts'

/** A check of an element that waits until it holds, as long as a request may take. */
export type ElementCheck = (element: Locator) => Promise<boolean>

/** Milliseconds between two looks at a page. */
const PAUSE_MS = 50

/** The element is shown. */
export const visible = (): ElementCheck => (element) => until(() => element.isVisible())

/** The element is not shown, or not there. */
export const hidden = (): ElementCheck => (element) => until(() => element.isHidden())

/** The checkbox or radio button is ticked; `checked(false)`: it is not. */
export const checked =
  (wanted = true): ElementCheck =>
  (element) =>
    until(async () => (await element.isChecked()) === wanted)

/** The element's text has this text or pattern in it; spaces and line breaks count as one space. */
export const containsText = (wanted: string | RegExp): ElementCheck =>
  ofText((text) => (typeof wanted === 'string' ? text.includes(wanted) : text.search(wanted) >= 0))

/** The element's text is this one, or has this pattern in it; spaces and line breaks count as one space. */
export const hasText = (wanted: string | RegExp): ElementCheck =>
  typeof wanted === 'string' ? ofText((text) => text === wanted) : containsText(wanted)

/** The field has this value, or one with this pattern in it. */
export const hasValue =
  (wanted: string | RegExp): ElementCheck =>
  (element) =>
    until(async () => {
      const value = await element.inputValue()
      return typeof wanted === 'string' ? value === wanted : value.search(wanted) >= 0
    })

const ofText =
  (holds: (text: string) => boolean): ElementCheck =>
  (element) =>
    until(async () => holds(((await element.textContent()) ?? '').replace(/\s+/g, ' ').trim()))

/** Looks until something holds. Throws what the last look threw, if time is up: a page that is being left throws, too. */
const until = async (holds: () => Promise<boolean>): Promise<boolean> => {
  const open = visit
  const end = Date.now() + waitLimit()
  for (;;) {
    try {
      if (await holds()) return true
      if (Date.now() >= end) return false
    } catch (thrown) {
      if (Date.now() >= end) throw thrown
    }
    // A page that had a problem is closed while this still looks.
    if (visit !== open) return false
    await pause(PAUSE_MS)
  }
}
