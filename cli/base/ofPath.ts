/** An error of the file system that knows its file: those of an open one, such as of a full disk, name none. */
export function ofPath(error: unknown, path: string): unknown {
  if (error instanceof Error && 'syscall' in error && !('path' in error)) Object.assign(error, { path })
  return error
}
