import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onPath } from '../../cli/k6/path.ts'
import { debianProgram } from '../engine/debian.ts'
import { folder, quickNpx, root } from '../engine/harness.ts'
import { must, tarball } from '../engine/tarball.ts'
import type { Place } from './job.ts'

const FILES = {
  '.gitignore': 'node_modules/\ndist/\nresults/\n',
  'package.json': JSON.stringify({
    name: 'shop',
    private: true,
    type: 'module',
    scripts: { deploy: 'node deploy.mjs', start: 'node server.mjs' },
    devDependencies: { loadwright: 'file:loadwright.tgz' },
  }),
  'deploy.mjs': `import { appendFileSync } from 'node:fs'
appendFileSync(process.env.DEPLOYED, process.argv[2] + '\\n')
`,
  'server.mjs': `import { createServer } from 'node:http'
const CART = 200
createServer((asked, answer) => answer.writeHead(asked.url === '/cart' ? CART : 200).end('a shop')).listen(process.env.PORT, '127.0.0.1')
`,
  'suites/visits.ts': `import { client, ensure, journey, settings, status, step, suite } from 'loadwright'
import { workload } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const visit = journey('visit', () => {
  step('open cart', () => ensure(api.get('/cart', { name: 'cart' }), { 'cart is up': status(200) }))
})
const visits = suite({
  name: 'visits',
  scenarios: { visitors: workload()(visit, { rate: 10 }) },
  thresholds: { 'group_duration{step:open cart}': ['p(95)<10000'] },
})
export const { options, setup, teardown, handleSummary } = visits
export default visits
`,
}

const config = (target: string): string => `import { defineConfig } from 'loadwright/config'
export default defineConfig({
  suites: ['suites/*.ts'],
  environment: 'staging',
  environments: { staging: { target: '${target}' } },
  watch: { metrics: [{ name: 'p95', query: 'p95{track="$version"}', unit: 's' }] },
})
`

/** Refuses a push without the right to write, as GitHub does. */
const HOOK = `#!/bin/sh
case "$GH_TOKEN" in *'"contents":"write"'*) ;; *) echo 'no permission to push' >&2; exit 1 ;; esac
`

/** `npm ci` of what a job before has installed copies that, as out of a runner's cache; else this is npm itself. */
const npm = (program: string, cache: string): string => `#!/bin/sh
[ "$*" = ci ] || exec ${program} "$@"
kept=${cache}/$(sha256sum package-lock.json | cut -c1-64)
[ -d "$kept" ] && rm -rf node_modules && exec cp -al "$kept" node_modules
${program} ci || exit
cp -al node_modules "$kept.$$" && mv -T "$kept.$$" "$kept" 2>/dev/null || rm -rf "$kept.$$"
`

/** What writes the lock file, which is the same for each repository: the first asks npm, the others copy it. */
const lockFile = (cache: string): string => `kept=${cache}/shop-package-lock.json
[ -f "$kept" ] && cp "$kept" package-lock.json || {
  npm install --package-lock-only --no-audit --no-fund --prefer-offline
  cp package-lock.json "$kept.$$" && mv "$kept.$$" "$kept"
}`

/** What stands in for GitHub's API, as `gh` sees it. */
export interface GitHub {
  calls: string[]
  labels: string[]
  issues: { number: number; state: string; label: string; author: string; body: string; comments: string[] }[]
  comments: { id: number; user: { login: string }; body: string }[]
  approvals: unknown[]
}

/** A repository of somebody who loads a shop, with loadwright as a dependency, and all that stands around it. */
export interface ShopRepository extends Place {
  readonly github: () => GitHub
  readonly setGitHub: (changes: Partial<GitHub>) => void
  /** Where the shop was deployed to, in order. */
  readonly deployed: () => string[]
  /** Makes a pull request after which the cart answers with this status; gives the branch of its merge commit. */
  readonly propose: (number: number, status: number) => Promise<string>
  /** A file on a branch of it. */
  readonly file: (branch: string, path: string) => Promise<string>
}

/** Makes it: a bare repository with the branches main and load-data, stand-ins on the PATH. */
export async function shopRepository(
  target: string,
  secrets: Place['secrets'] = {},
): Promise<ShopRepository> {
  const [home, bin, checkout] = [folder(), folder(), folder()]
  const bare = join(home, 'shop.git')
  for (const [name, text] of Object.entries({ ...FILES, 'loadwright.config.ts': config(target) })) {
    mkdirSync(dirname(join(checkout, name)), { recursive: true })
    writeFileSync(join(checkout, name), text)
  }
  cpSync(await tarball(), join(checkout, 'loadwright.tgz'))
  const git = 'git -c user.name=ada -c user.email=ada@example.com'
  const cache = process.env.LOADWRIGHT_TEST_FOLDER ?? home
  const lines = [
    lockFile(cache),
    `git init -q --initial-branch=main . && git init -q --bare --initial-branch=main ${bare}`,
    `git add --all && ${git} commit -qm 'A shop'`,
    `git push -q ${bare} main`,
    `git switch -q --orphan load-data && ${git} commit -q --allow-empty -m 'Baselines' && git push -q ${bare} load-data`,
  ]
  await must(lines.join('\n'), checkout)
  writeFileSync(join(bare, 'hooks/pre-receive'), HOOK)
  chmodSync(join(bare, 'hooks/pre-receive'), 0o755)
  symlinkSync(join(root, 'test/ci/gh.mjs'), join(bin, 'gh'))
  const [program = ''] = await onPath('npm', process.env)
  writeFileSync(join(bin, 'npm'), npm(program, cache), { mode: 0o755 })
  quickNpx(bin)
  const [state, deploys] = [join(home, 'github.json'), join(home, 'deployed')]
  writeFileSync(deploys, '')
  const github = (): GitHub => JSON.parse(readFileSync(state, 'utf8')) as GitHub
  const setGitHub = (changes: Partial<GitHub>): void =>
    writeFileSync(state, JSON.stringify({ ...github(), ...changes }))
  writeFileSync(state, JSON.stringify({ calls: [], labels: [], issues: [], comments: [], approvals: [] }))
  return {
    origin: pathToFileURL(bare).href,
    bin,
    secrets,
    env: {
      GH_STATE: state,
      GH_JQ: debianProgram('gojq'),
      DEPLOYED: deploys,
      npm_config_prefer_offline: 'true',
      npm_config_audit: 'false',
      NO_COLOR: '1',
    },
    github,
    setGitHub,
    deployed: () => readFileSync(deploys, 'utf8').split('\n').filter(Boolean),
    propose: async (number, status) => {
      const branch = `merge-${number}`
      const change = [
        `git switch -q -C change-${number} main`,
        `sed -i 's/CART = 200/CART = ${status}/' server.mjs && ${git} commit -qam 'A change'`,
        `git switch -q --detach main && ${git} merge -q --no-ff -m 'A merge' change-${number}`,
        `git push -q ${bare} HEAD:refs/heads/${branch}`,
      ]
      await must(change.join('\n'), checkout, { GH_TOKEN: '{"contents":"write"}' })
      return branch
    },
    file: (branch, path) => must(`git --git-dir=${bare} show ${branch}:${path}`, home),
  }
}
