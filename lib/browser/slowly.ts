import { pause } from './pause.ts'

/** What of a page or a locator acts on the page. */
const ACTS =
  /^(?:check|click|dblclick|fill|goBack|goForward|goto|hover|press|reload|selectOption|setChecked|tap|type|uncheck)$/

/** A page or a locator of k6's: functions, of which some give locators. */
type Acting = Record<string, unknown>

/** Makes each act of a page, and of the locators that it gives, wait first, so that a person can follow. */
export const slowly = (page: object, milliseconds: number): void => {
  const acting = page as Acting
  for (const name of Object.keys(acting)) {
    const own = acting[name]
    if (typeof own !== 'function') continue
    const call = own as (...given: unknown[]) => unknown
    acting[name] = ACTS.test(name)
      ? async (...given: unknown[]) => {
          await pause(milliseconds)
          return call(...given)
        }
      : (...given: unknown[]) => {
          const result = call(...given)
          if (isLocator(result)) slowly(result, milliseconds)
          return result
        }
  }
}

const isLocator = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && typeof (value as Acting).click === 'function'
