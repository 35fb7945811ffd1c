import type { Plugin } from 'esbuild'

/** What stands for `suite` in a file whose journeys are wanted, and not its load, which may exceed other limits. */
const WITHOUT_SUITE = (door: string): string => `export * from ${JSON.stringify(door)}
export const suite = (definition) => {
  const nothing = () => undefined
  return Object.assign(nothing, { definition, options: {}, setup: nothing, teardown: nothing, handleSummary: nothing })
}
`

/** Lets files make no suite, which export journeys beside one; `isOne` says which files. */
export function journeysOnly(isOne: (file: string) => boolean): Plugin {
  return {
    name: 'journeys only',
    setup(build) {
      build.onResolve({ filter: /^loadwright(?:\/browser)?$/ }, ({ path, importer, resolveDir }) =>
        isOne(importer) ? { path, namespace: 'journeys-only', pluginData: resolveDir } : undefined,
      )
      build.onLoad({ filter: /.*/, namespace: 'journeys-only' }, ({ path, pluginData }) => ({
        contents: WITHOUT_SUITE(path),
        loader: 'js',
        resolveDir: pluginData as string,
      }))
    },
  }
}
