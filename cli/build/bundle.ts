import { build, type BuildFailure } from 'esbuild'
import type { Built } from '../../config/index.ts'
import { UserError } from '../errors.ts'
import { packageRoot } from '../package.ts'
import { pools } from './pools.ts'
import { reason } from './reason.ts'

/** What a bundle may be at most in Synthetic Monitoring, in bytes. */
export const MOST_BYTES = 128 * 1024

/**
 * Bundles an entry into the one file that k6 runs: ES2022 module, k6's own modules external, minified, ASCII.
 * Throws UserError with esbuild's own sentences where the entry cannot be bundled.
 */
export async function bundle(entry: string, built: Built): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      // es2022 itself has these two; k6's engine does not.
      supported: { 'async-generator': false, 'for-await': false },
      mainFields: ['module', 'main'],
      external: ['k6', 'k6/*', 'https://*'],
      minify: true,
      legalComments: 'none',
      logLevel: 'silent',
      define: { __LOADWRIGHT__: JSON.stringify(built) },
      plugins: [pools(packageRoot)],
    })
    return ascii(outputFiles[0]?.text ?? '')
  } catch (error) {
    if (!(error as Partial<BuildFailure>).errors) throw error
    throw new UserError(reason(error))
  }
}

/** What esbuild leaves as it is: regular expressions, which mean the same escaped, and raw templates, which do not. */
function ascii(code: string): string {
  if (/[\w$)\]]`[^`]*[\u0080-\uffff]/.test(code)) return code
  return code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
