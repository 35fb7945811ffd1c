import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'
import { k6 } from './cli/project/testing/vitest.ts'
import { LongestFirst } from './test/longestFirst.ts'

/** Of modules as they were compiled, which vitest keeps: a pool's is made anew, since it depends on more than its file. */
const poolsAnew: Plugin = {
  name: 'pools-anew',
  configureVitest({ experimental_defineCacheKeyGenerator: keyOf }) {
    keyOf(({ id }) => (/\.pool\.\w+(\.js)?$/.test(id) ? false : undefined))
  },
  // As what imports it, and was kept, names it.
  resolveId: (source) =>
    /^\/.*\.pool\.\w+\.js$/.test(source) ? join(import.meta.dirname, source) : undefined,
}

// What is printed is compared without colours, also where CI or FORCE_COLOR asks for them.
const env = { NO_COLOR: '1' }
const everywhere = ['node_modules/**', 'dist/**', 'results/**']
const onK6 = ['{lib,journeys,scenarios,examples}/**/*.test.ts', 'testing/*.test.ts']

// Limits for what hangs, not for what a busy machine keeps waiting.
const patience = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 50_000 } } }
// In processes, not threads: there the limits of a script that is evaluated are CPU time, which no busy machine shortens.
const onNode = {
  env,
  pool: 'forks',
  typecheck: { enabled: false },
  ...patience,
  // What is waited for there is a matter of milliseconds.
  expect: { poll: { ...patience.expect.poll, interval: 5 } },
} as const
const onTheDouble = {
  plugins: [k6(), poolsAnew],
  // "loadwright" is the sources beside this file, as for the compiler.
  ssr: { resolve: { conditions: ['loadwright-source', 'module', 'node', 'development|production'] } },
}

const onTheShop = {
  env,
  globalSetup: ['./test/engine/setup.ts'],
  ...patience,
  testTimeout: 600_000,
  hookTimeout: 600_000,
}
/** What waits, for a server or for k6, leaves a third of the machine idle: half as many workers again as cores. */
const WORKERS = Math.ceil(availableParallelism() * 1.5)
const judgedByTimes = ['test/engine/{forensics,monitorTimes,profiles,series}.engine.test.ts']

export default defineConfig({
  test: {
    // What computes needs no more workers than cores: each has to import everything anew.
    maxWorkers: availableParallelism(),
    // Each of them has a k6, a browser or a build of its own: of more at once, all are late.
    maxConcurrency: 3,
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // Beside the sources, without k6. Files share what they import: that is half of the time.
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...everywhere, ...onK6, '**/*.{engine,build,kubernetes}.test.ts'],
          isolate: false,
          ...onNode,
        },
        ...onTheDouble,
      },
      {
        // The same of what runs inside k6, where a module's state is a VU's: the recording double stands in for it. Each file
        // has one of its own, as those about the double want it.
        test: {
          name: 'unit-k6',
          include: onK6,
          exclude: [...everywhere, '**/*.build.test.ts'],
          isolate: false,
          setupFiles: ['./test/freshModules.ts'],
          ...onNode,
        },
        ...onTheDouble,
      },
      {
        // The same, but whole projects are built, many scripts evaluated, thousands of requests sent, or experiments
        // made by the hundred: more than half a second each.
        test: {
          name: 'build',
          include: ['**/*.build.test.ts'],
          exclude: everywhere,
          isolate: false,
          ...onNode,
        },
        ...onTheDouble,
      },
      {
        // What must not compile, and what must.
        test: {
          name: 'types',
          include: [],
          exclude: everywhere,
          typecheck: {
            enabled: true,
            only: true,
            include: ['**/*.test-d.ts'],
            tsconfig: './tsconfig.types.json',
          },
        },
      },
      {
        // A real k6 on the embedded shop, after the others, which would take its time. Much of it is waiting for load of
        // a certain length: half as many workers again as cores. With more of them a slow machine is not idle, but late.
        test: {
          name: 'engine',
          ...onTheShop,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 1 },
          include: ['**/*.engine.test.ts'],
          exclude: [...everywhere, ...judgedByTimes],
        },
      },
      {
        // The same, but what is slow there is a finding: no more workers than there are cores.
        test: {
          name: 'engine-times',
          ...onTheShop,
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 2 },
          include: judgedByTimes,
          exclude: everywhere,
        },
      },
    ],
  },
})
