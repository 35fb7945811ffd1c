// Builds dist/cli.mjs, and with it every suite; `--cli` stops after the CLI, for `npm install`.
import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { build } from 'esbuild'

await build({
  entryPoints: ['cli/main.ts'],
  outfile: 'dist/cli.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  banner: { js: '#!/usr/bin/env node' },
})
chmodSync('dist/cli.mjs', 0o755)

if (!process.argv.includes('--cli'))
  process.exitCode = spawnSync(process.execPath, ['dist/cli.mjs', 'build'], { stdio: 'inherit' }).status ?? 1
