import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Milliseconds in which several changes are one: editors write a file in steps. */
const DEBOUNCE_MS = 40
const SOURCE = /\.([cm]?[jt]sx?|json|csv|ya?ml)$/

/** Watches files until closed. */
export interface Watcher {
  /** The files from now on. */
  follow(files: readonly string[]): void
  close(): void
}

/**
 * Says which file has changed. Folders are watched, not files: editors put a new file in the place of the old one, and
 * one that an import could not find may appear.
 */
export function watchFiles(changed: (file: string) => void): Watcher {
  const folders = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  const notice = (name: string | null): void => {
    if (name === null || !SOURCE.test(name)) return
    clearTimeout(timer)
    timer = setTimeout(() => changed(basename(name)), DEBOUNCE_MS)
  }
  return {
    follow(files) {
      const wanted = new Set(files.map((file) => dirname(file)))
      for (const [folder, watcher] of folders) {
        if (wanted.has(folder)) continue
        watcher.close()
        folders.delete(folder)
      }
      for (const folder of wanted) {
        if (folders.has(folder)) continue
        try {
          const watcher = watch(folder, (_, name) => notice(name))
          // A folder that went away has nothing more to say.
          watcher.on('error', () => folders.delete(folder))
          folders.set(folder, watcher)
        } catch {
          // Not there yet: the next build follows it.
        }
      }
    },
    close() {
      clearTimeout(timer)
      for (const watcher of folders.values()) watcher.close()
      folders.clear()
    },
  }
}
