import { releases } from './download.ts'
import { floor } from './version.ts'

/** The message for a user without k6: what was tried, why it failed, and every way to get it. */
export function helpText(version: string, tried: readonly string[]): string {
  const list = (texts: readonly string[]) =>
    texts.map((text) => `  - ${text.replaceAll('\n', '\n    ')}`).join('\n')
  const installed = tried.some((text) => text.startsWith('download: '))
  return [
    `No k6 was found; loadwright needs ${floor} or newer.`,
    '',
    'Tried:',
    list(tried),
    '',
    'Any one of these helps:',
    list([
      ...(installed ? [] : [`\`loadwright k6 install\` downloads or builds k6 ${version}`]),
      'set K6_BIN=/path/to/k6 if you have one',
      'install k6 with a package manager: `brew install k6`, `winget install k6`, `choco install k6`; ' +
        'apt and dnf: https://grafana.com/docs/k6/latest/set-up/install-k6/',
      'put a release from https://github.com/grafana/k6/releases on PATH',
      `behind a mirror, set LOADWRIGHT_K6_RELEASES to what stands for ${releases}, then \`loadwright k6 install\``,
      `install Go (https://go.dev/dl/), then \`loadwright k6 install\` builds k6 ${version}`,
    ]),
  ].join('\n')
}
