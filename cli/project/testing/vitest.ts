import { builtOf } from './project.ts'
import { POOL, poolModule } from '../build/pools.ts'
import { INIT_ENV, k6Aliases } from '../../../testing/aliases.ts'

/** How journeys are tested. */
export interface K6PluginOptions {
  /** What `__ENV` holds while modules are imported, and in each rehearsal that is not given another. */
  env?: Readonly<Record<string, string>>
}

/** A plugin of vite's, as far as this one is. */
export interface VitestPlugin {
  name: string
  enforce: 'pre'
  config(user: { root?: string }): Promise<object>
  resolveId(this: Resolver, source: string, importer: string | undefined): Promise<string | undefined>
  load(id: string): Promise<string> | undefined
}

interface Resolver {
  resolve(source: string, importer?: string, options?: { skipSelf: boolean }): Promise<{ id: string } | null>
}

/**
 * Vitest's plugin for tests of journeys: `k6` and `k6/*` become the recording double, `*.pool.*` files their pools, and
 * the environments of loadwright.config.ts are known, as in a bundle. Rejects where that config has problems.
 *
 * @example
 * import { k6 } from 'loadwright/testing/vitest'
 * export default defineConfig({ plugins: [k6()] })
 */
export function k6({ env = {} }: K6PluginOptions = {}): VitestPlugin {
  return {
    name: 'loadwright:k6',
    enforce: 'pre',
    config: async ({ root }) => ({
      define: { __LOADWRIGHT__: JSON.stringify(await builtOf(root)) },
      resolve: { alias: k6Aliases() },
      // Node would import loadwright by itself, and would find no k6.
      ssr: { noExternal: ['loadwright'] },
      test: {
        env: { [INIT_ENV]: JSON.stringify(env) },
        server: { deps: { inline: [/\/node_modules\/loadwright\//] } },
      },
    }),
    async resolveId(source, importer) {
      if (!POOL.test(source)) return undefined
      const found = await this.resolve(source, importer, { skipSelf: true })
      // Not by its own name: vite would read a module named *.json as JSON.
      return found && POOL.test(found.id) ? `${found.id}.js` : undefined
    },
    load(id) {
      const file = id.replace(/\.js$/, '')
      return file !== id && POOL.test(file) ? poolModule(file) : undefined
    },
  }
}
