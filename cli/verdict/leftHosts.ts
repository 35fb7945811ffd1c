/** What a redirect to a host that the environment does not list is: no error of the test's; undefined for another text. */
export function leftHosts(message: string): [what: string, allowed: string] | undefined {
  const [, name = '', host = '', allowed = ''] =
    /^UsageError: a redirect of (.*?): got "([^"]*)"; (allowed: .*)$/.exec(message) ?? []
  return host === ''
    ? undefined
    : [`the target redirects ${name} to ${host}, where no request may go; it was not followed`, allowed]
}
