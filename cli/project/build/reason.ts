import type { BuildFailure } from 'esbuild'
import { UserError } from '../../base/index.ts'

/**
 * What stopped a build, for the person whose sources they are: esbuild's sentences with file, line and column; of an
 * error that was thrown, its message.
 */
export function errorReason(error: unknown): string {
  const errors = (error as Partial<BuildFailure> | null)?.errors
  if (!errors) return messageOf(error)
  return errors
    .map(({ text, location, detail }) => {
      if (detail instanceof UserError) return detail.message
      return `${location ? `${location.file}:${location.line}:${location.column}: ` : ''}${text}`
    })
    .join('\n')
}

/** What was thrown, whatever it is. */
function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    return 'something was thrown that is no error'
  }
}
