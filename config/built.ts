import type { Config } from './config.ts'

/** What the build puts into a bundle: the consumer's config, and settings locked against the environment. */
export interface Built {
  config?: Config
  baked?: Readonly<Record<string, string>>
  /** Whether spans can be written: what does that is in those bundles alone whose run exports them. */
  spans?: boolean
}

declare const __LOADWRIGHT__: Built | undefined

/** What this bundle was built with; empty where the sources run unbundled. */
export const built: Built = typeof __LOADWRIGHT__ === 'undefined' ? {} : __LOADWRIGHT__
