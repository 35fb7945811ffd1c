import type { BuildFailure } from 'esbuild'
import { UserError } from '../errors.ts'

/**
 * What stopped a build, for the person whose sources they are: esbuild's sentences with file, line and column; of an
 * error that was thrown, its message.
 */
export function reason(error: unknown): string {
  const errors = (error as Partial<BuildFailure> | null)?.errors
  if (!errors) return error instanceof Error ? error.message : String(error)
  return errors
    .map(({ text, location, detail }) => {
      if (detail instanceof UserError) return detail.message
      return `${location ? `${location.file}:${location.line}:${location.column}: ` : ''}${text}`
    })
    .join('\n')
}
