import { defineConfig } from 'vitest/config'

/** The tests on a real control plane: not of `npm test`, since its programs are built for minutes. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'kubernetes',
    include: ['**/*.kubernetes.test.ts'],
    globalSetup: ['../engine/setup.ts'],
    env: { NO_COLOR: '1' },
    testTimeout: 600_000,
    hookTimeout: 1_800_000,
    fileParallelism: false,
  },
})
