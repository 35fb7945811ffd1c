import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { poolModule } from './cli/build/pools.ts'
import { k6Aliases } from './testing/index.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const everywhere = ['node_modules/**', 'dist/**', 'results/**']

export default defineConfig({
  test: {
    // Vitest leaves one core to the watcher; on two cores that is half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        // Beside the sources, without k6: the recording double stands in for it.
        test: {
          name: 'unit',
          pool: 'threads',
          include: ['**/*.test.ts'],
          exclude: [...everywhere, '**/*.engine.test.ts'],
          typecheck: { enabled: false },
        },
        resolve: { alias: k6Aliases() },
        plugins: [poolsForVite()],
      },
      {
        // What must not compile, and what must.
        test: {
          name: 'types',
          include: [],
          exclude: everywhere,
          typecheck: { enabled: true, only: true, include: ['**/*.test-d.ts'], tsconfig: './tsconfig.json' },
        },
      },
      {
        // A real k6 on the embedded shop.
        test: {
          name: 'engine',
          include: ['**/*.engine.test.ts'],
          exclude: everywhere,
          globalSetup: ['./test/engine/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})

/** The build's pools, for tests that import journeys: the same plugin, in vite's form. */
function poolsForVite() {
  return {
    name: 'pools',
    enforce: 'pre' as const,
    load: (id: string) => (/\.pool\.(ts|csv|json)$/.test(id) ? poolModule(id, root) : undefined),
  }
}
