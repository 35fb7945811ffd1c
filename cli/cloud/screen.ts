/** Where a person reads what k6 prints, line by line. */
export interface Screen {
  out: (line: string) => void
  err: (line: string) => void
}

/** A stream as far as it is written to. */
interface Output {
  isTTY?: boolean
  write: (text: string) => unknown
}

/** k6's progress of a cloud run, which it prints every second where it sees no terminal. */
const PROGRESS = /^Run +\[/

/**
 * k6's output as a terminal shows it: progress on one line, which is written over. Elsewhere progress is written only
 * where it changes.
 */
export function screenOf(stdout: Output, stderr: Output): Screen {
  let progress = ''
  // A bar that is open has no end of line yet.
  let open = false
  const close = (): void => {
    if (open) stdout.write('\n')
    open = false
  }
  return {
    out(line) {
      if (PROGRESS.test(line)) {
        if (stdout.isTTY) stdout.write(`\r\u001b[K${line}`)
        else if (line !== progress) stdout.write(`${line}\n`)
        open = stdout.isTTY === true
        progress = line
      } else if (line !== '' || progress === '') {
        close()
        stdout.write(`${line}\n`)
      }
    },
    err(line) {
      close()
      stderr.write(`${line}\n`)
    },
  }
}
