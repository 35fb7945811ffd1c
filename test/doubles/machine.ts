import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onPath } from '../../cli/k6/path.ts'
import { engineModule } from '../../cli/k6/pin.ts'

/**
 * A machine for one test: a PATH without k6, Go or tar, a cache of its own, a host that refuses, and a package that pins
 * v2.2.0 whatever the real one pins.
 */
export function machine() {
  const root = mkdtempSync(join(tmpdir(), 'loadwright-k6-'))
  const bin = join(root, 'bin')
  mkdirSync(bin)
  const packageRoot = join(root, 'package')
  mkdirSync(engineModule(packageRoot), { recursive: true })
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    writeFileSync(join(engineModule(packageRoot), file), 'require go.k6.io/k6/v2 v2.2.0\n')
  }
  const env: NodeJS.ProcessEnv = {
    PATH: bin,
    HOME: root,
    LOADWRIGHT_CACHE: join(root, 'cache'),
    LOADWRIGHT_K6_RELEASES: 'http://127.0.0.1:1',
  }
  const script = (name: string, body: string) => {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `#!/bin/sh\n${body}\n`)
    chmodSync(path, 0o755)
    return path
  }
  return {
    root,
    packageRoot,
    env,
    cacheFolder: join(root, 'cache', 'loadwright', 'k6', 'v2.2.0'),
    /** Writes a shell script; "bin/…" is on PATH. */
    script,
    /** Writes a k6 that knows its version and nothing else. */
    k6: (name: string, version: string) => script(name, printsVersion(version)),
    /** Links a program of this computer into PATH. */
    link: async (name: string) => {
      const found = (await onPath(name, process.env))[0]
      if (found !== undefined) symlinkSync(found, join(bin, name))
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** The shell of a k6 that knows its version. */
export function printsVersion(version: string): string {
  return `echo "k6 ${version} (go1.26.8, linux/amd64)"`
}

/** The shell of a `go` that checks how it is called and "builds" a k6 of that version. */
export function buildsVersion(version: string): string {
  return `[ "$CGO_ENABLED" = 0 ] && [ -f go.mod ] && [ -f go.sum ] && [ -f main.go ] || exit 3
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\n%s\\n' '${printsVersion(version)}' > "$2"
/bin/chmod +x "$2"`
}
