import { dirname, resolve } from 'node:path'
import type { BuildOptions, BuildResult } from 'esbuild'
import { packageRoot } from '../../base/index.ts'

/** Options as the form reads them: it looks at the text, at the first scenario, and at keys that are not quoted. */
const LITERAL =
  'export const options={scenarios:{default:{executor:"shared-iterations",options:{browser:{type:"chromium"}}}}};'

/** The module of the library that makes a suite of journeys in a browser. */
const BROWSER_SUITE = /(?:^|\/)lib\/browser\/suite\.[jt]s$/

/** That which puts one beside a load: no monitor, but a bundle that each VU of the load evaluates. */
const HYBRID = /(?:^|\/)lib\/browser\/hybrid\.[jt]s$/

/** Whether a bundle is a suite of journeys in a browser, and of nothing else. */
export const isBrowserSuite = ({ metafile }: BuildResult): boolean =>
  Object.values(metafile?.outputs ?? {}).some(({ inputs }) => {
    const used = Object.keys(inputs).filter(
      (path) => (inputs[path]?.bytesInOutput ?? 0) > 0 && resolve(path).startsWith(packageRoot),
    )
    return used.some((path) => BROWSER_SUITE.test(path)) && !used.some((path) => HYBRID.test(path))
  })

/**
 * What makes a bundle one that Synthetic Monitoring takes for a browser script: options that are written out, one
 * iteration by one VU. Those of the suite take their place in a run that has a name or a profile. The name `options` is
 * bound to nothing here, so that esbuild gives it to nothing else.
 */
export const browserForm = (entry: string): Pick<BuildOptions, 'banner' | 'stdin' | 'entryPoints'> => ({
  entryPoints: [],
  banner: { js: LITERAL },
  stdin: {
    resolveDir: dirname(entry),
    sourcefile: 'browser form',
    contents: `import * as own from ${JSON.stringify(entry)}
if (__ENV.RUN_ID || __ENV.PROFILE) Object.assign(options, own.options)
export const { setup, teardown, handleSummary } = own
export default own.default
`,
  },
})
