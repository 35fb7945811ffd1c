declare global {
  /** False in a bundle that cannot write spans: the build leaves out what never runs. */
  var LOADWRIGHT_SPANS: boolean | undefined
}

/** Whether this bundle can write spans. */
export const withSpans: boolean = globalThis.LOADWRIGHT_SPANS !== false
