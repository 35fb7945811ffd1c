/** Prints a result on stdout. */
export function out(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Says something to the person who waits, on stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
