import { suite as plainSuite } from '../suite.ts'
import type { Metrics } from '../metrics.ts'
import type { Suite, SuiteDefinition } from '../suiteDefinition.ts'

/** As k6's own, without the address's tag k6 names no page: here it is the name. */
const SYSTEM_TAGS =
  'status,method,name,group,check,error_code,scenario,expected_response,proto,tls_version,url'.split(',')

/** A suite of journeys in a browser. */
export interface PageSuite extends Suite {
  /** The names of its scenarios, all of which have a browser. */
  readonly pageScenarios: readonly string[]
}

/** What a threshold calls a page, which k6 calls its name. */
const PAGE_TAG = /([{,]\s*)page(?=\s*:)/

/**
 * Makes a suite of journeys in a browser, as `suite` of `loadwright` does of others. Its scenarios are run in Chromium;
 * requests are the page's own, so that no threshold of an environment on `http_req_failed` judges it. A threshold may
 * mean a page: `browser_web_vital_lcp{page:home}`.
 */
export const suite = <const M extends readonly Metrics[] = [], Data = unknown>(
  definition: SuiteDefinition<M, Data>,
): PageSuite => {
  const thresholds = Object.fromEntries(
    Object.entries(definition.thresholds ?? {}).map(([key, list]) => [key.replace(PAGE_TAG, '$1name'), list]),
  )
  const made = plainSuite({
    ...definition,
    thresholds: { http_req_failed: [], ...thresholds },
    options: { systemTags: SYSTEM_TAGS, ...definition.options },
  })
  const pageScenarios = Object.keys(definition.scenarios)
  driveBrowser(made, pageScenarios)
  return Object.assign(made, { pageScenarios })
}

/** Gives these scenarios of a suite a browser. */
export const driveBrowser = ({ options }: Suite, names: readonly string[]): void => {
  // Only VU 0 has options, and none where a build looks at the definition alone.
  const scenarios = (options as Suite['options'] | undefined)?.scenarios ?? {}
  for (const name of names) {
    const scenario = scenarios[name]
    if (scenario) scenario.options = { browser: { type: 'chromium' } }
  }
}
