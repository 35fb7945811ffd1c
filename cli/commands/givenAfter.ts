/** What stands after a command on the command line; undefined where it is another's. */
export function givenAfter(name: string): string[] | undefined {
  const [, , command, ...given] = process.argv
  return command === name ? given : undefined
}
