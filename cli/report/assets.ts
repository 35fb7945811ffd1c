import { bundlePage } from './page/bundle.mjs'

let bundled: Promise<{ script: string; style: string }> | undefined

/** The page's script and style. From sources they are bundled when first asked for; build.mjs puts them into the CLI. */
export function assets(): Promise<{ script: string; style: string }> {
  bundled ??= bundlePage()
  return bundled
}
