import { fileURLToPath } from 'node:url'
import { MODULES } from './tables.ts'

/** The variable that tells the active double what `__ENV` holds at init: JSON of names and values. */
export const INIT_ENV = 'LOADWRIGHT_TESTING_ENV'

/** The import names of k6 that the double answers. */
export const k6Names: readonly string[] = Object.keys(MODULES)

/**
 * Aliases for vitest's `resolve.alias`: `k6` and `k6/*` become the active double.
 *
 * @example
 * export default defineConfig({ resolve: { alias: k6Aliases() } })
 */
export function k6Aliases(): { find: RegExp; replacement: string }[] {
  return k6Names.map((name) => ({
    find: new RegExp(`^${name}$`),
    replacement: standIn(name),
  }))
}

/** The path of the module that stands in for an import name of k6; compiled beside what was compiled. */
export const standIn = (name: string): string =>
  fileURLToPath(new URL(`./modules/${fileOf(name)}${import.meta.url.slice(-3)}`, import.meta.url))

/** The file in `modules` for an import name: `k6/net/grpc` → `net-grpc`. */
const fileOf = (name: string) => (name === 'k6' ? 'k6' : name.slice('k6/'.length).replaceAll('/', '-'))
