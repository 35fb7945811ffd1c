import type { Command } from 'commander'
import { packageRoot } from '../base/index.ts'
import { findEngine, installEngine, pinnedVersion, progressTo } from '../k6/index.ts'
import { abortable } from './abort.ts'
import { out } from './output.ts'

/** `loadwright k6`: which engine is used and why; `install` and `path`. */
export function addK6(program: Command): void {
  const k6 = program
    .command('k6')
    .description('Say which k6 is used and why')
    .option('--json', 'as JSON: version, path, source, notes, pinned')
    .addHelpText(
      'after',
      `
k6 is taken from K6_BIN, PATH or loadwright's cache; else the pinned release is downloaded and its checksum
verified; else it is built with Go.

Examples:
  loadwright k6
  loadwright k6 install
  "$(loadwright k6 path)" version`,
    )
    .action(async ({ json }: { json?: true }) => {
      const { path, version, source, notes } = await find()
      const pinned = await pinnedVersion(packageRoot)
      if (json) {
        out(JSON.stringify({ version, path, source, notes, pinned }, undefined, 2))
        return
      }
      out(
        [
          `${version} from ${source}: ${path}`,
          ...notes.map((note) => `  not ${note}`),
          `pinned: ${pinned}`,
        ].join('\n'),
      )
    })
  k6.command('install')
    .description('Put the pinned k6 into loadwright’s cache, if no other is there')
    .addHelpText('after', '\nExample:\n  loadwright k6 install --force')
    .option('--force', 'even if another k6 would do')
    .action(async ({ force }: { force?: true }) => {
      const { path, version, source } = await abortable((signal) =>
        installEngine({
          env: process.env,
          packageRoot,
          signal,
          ...progressTo(process.stderr),
          ...(force ? { force } : {}),
        }),
      )
      out(`${version} from ${source}: ${path}`)
    })
  k6.command('path')
    .description('Print the path of k6 alone')
    .addHelpText('after', '\nExample:\n  "$(loadwright k6 path)" version')
    .action(async () => out((await find()).path))
}

const find = () => findEngine({ env: process.env, packageRoot, install: false })
