const PAGE_TAG = /([{,]\s*)page(?=\s*:)/

/** A key of thresholds on what a browser measures, where `page` becomes `name`: so k6 calls a page in its tags. */
export const withPageName = (key: string): string =>
  /^\s*browser_/.test(key) ? key.replace(PAGE_TAG, '$1name') : key
