import { browserEnvironment } from '../k6/index.ts'
import { drivesBrowser, type Manifest } from '../record/index.ts'

/**
 * The variables with which k6 starts the browser of a suite, after which one it is was said; undefined where it drives none.
 * Throws UserError where there is no browser.
 */
export async function browserFor(
  { options }: Pick<Manifest, 'options'>,
  say: (line: string) => void,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (!drivesBrowser(options)) return undefined
  const { env, note } = await browserEnvironment(process.env)
  say(note)
  return env
}
