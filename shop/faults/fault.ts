import type { RouteName } from '../routes.ts'
import type { Delays } from './distribution.ts'
import type { PageDefect } from './pageDefects.ts'

/** What a fault does, by kind; `text` in `Fault` is how it was written. */
export type Effect =
  | { readonly kind: 'missing-products'; readonly ids: readonly string[] }
  | { readonly kind: 'latency'; readonly routes: readonly RouteName[]; readonly delay: Delays }
  | { readonly kind: 'errors'; readonly routes: readonly RouteName[]; readonly share: number }
  | { readonly kind: 'drop'; readonly routes: readonly RouteName[]; readonly share: number }
  | { readonly kind: 'warm-up'; readonly seconds: number; readonly factor: number }
  | { readonly kind: 'capacity'; readonly perSecond: number }
  | { readonly kind: 'errors-above'; readonly perSecond: number; readonly share: number }
  | { readonly kind: 'drift'; readonly percentPerMinute: number }
  | { readonly kind: 'redirect-loss'; readonly share: number }
  | { readonly kind: 'page'; readonly routes: readonly RouteName[]; readonly defect: PageDefect }

/** A fault that the shop can show. */
export type Fault = Effect & { readonly text: string }

/** The name of a fault. */
export type FaultName = Effect['kind']
