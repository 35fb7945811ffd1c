// Builds dist/cli.mjs and dist/collector.mjs, and with the first every suite. `--package` builds dist/npm instead of the suites: what the package ships.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { glob } from 'tinyglobby'
import { bundlePage } from './cli/report/page/bundle.mjs'

/** @type {import('esbuild').BuildOptions} */
const program = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  minify: true,
  // For stacks.
  keepNames: true,
}
/** Ends the names of what is not whole yet: several builds may go on at once. */
const DRAFT = `${process.pid}.part`
const PARTS = 'package.json cli config dist docs examples journeys lib scenarios testing'.split(' ')
await build({
  ...program,
  entryPoints: ['cli/commands/main.ts'],
  outfile: `dist/cli.${DRAFT}.mjs`,
  plugins: [reportPage(), packagesWhenUsed()],
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)",
  },
})
// What a cluster runs beside k6; `loadwright kubernetes` puts the packages in that it needs.
await build({
  ...program,
  entryPoints: ['cli/distributed/kubernetes/collector/main.ts'],
  outfile: `dist/collector.${DRAFT}.mjs`,
})
chmodSync(`dist/cli.${DRAFT}.mjs`, 0o755)
// At once, for whoever starts it amid a build.
for (const name of ['cli', 'collector']) renameSync(`dist/${name}.${DRAFT}.mjs`, `dist/${name}.mjs`)
linkParts()

if (process.argv.includes('--package')) await buildPackage()
else process.exitCode = run('dist/cli.mjs', 'build')

/**
 * Makes node_modules/loadwright a folder of links to the parts of this package. npm's link to the whole leads into its own
 * node_modules again, forty times for whoever lists the files below.
 */
function linkParts() {
  const own = 'node_modules/loadwright'
  const isCircle = existsSync(own) && lstatSync(own).isSymbolicLink()
  // On Windows npm makes a junction, and links to files need a right.
  if (!isCircle || process.platform === 'win32') return
  rmSync(own)
  mkdirSync(own)
  for (const part of PARTS) symlinkSync(`../../${part}`, `${own}/${part}`)
}

/**
 * Compiles what the package's doors lead to, into dist/npm; rows of stock journeys are made now, so that nobody else
 * needs faker. Errors of types are told; they stop `npm pack` and `npm publish`, but not `npm install`, amid work.
 */
async function buildPackage() {
  const out = `dist/npm.${DRAFT}`
  rmSync(out, { recursive: true, force: true })
  const tsc = fileURLToPath(import.meta.resolve('typescript/lib/tsc.js'))
  const hasErrors = run(tsc, '-p', 'tsconfig.package.json', '--outDir', out) !== 0
  if (hasErrors && ['pack', 'publish'].includes(process.env.npm_command ?? '')) process.exit(1)
  copyFileSync('lib/pool-files.d.ts', `${out}/lib/pool-files.d.ts`)
  for (const file of await glob(`${out}/**/*.d.ts`)) writeFileSync(file, declarations(file, out))
  await removeUnreachable(out)
  // The doc comments are in the declarations.
  for (const file of await glob(`${out}/**/*.js`)) writeFileSync(file, await withoutComments(file))
  const { poolModule } = await import(`./${out}/cli/project/build/pools.js`)
  for (const file of await glob('journeys/**/*.pool.ts'))
    writeFileSync(`${out}/${file.replace(/ts$/, 'js')}`, await poolModule(file, '../../lib/pool.js'))
  const schema = spawnSync(process.execPath, ['dist/cli.mjs', 'preset', 'schema'], { encoding: 'utf8' })
  writeFileSync(`${out}/preset.schema.json`, schema.stdout)
  rmSync('dist/npm', { recursive: true, force: true })
  renameSync(out, 'dist/npm')
}

/**
 * A file's declarations as they are shipped: tsc leaves the extensions of its inputs in them, and what is only ambient out.
 * @param {string} file
 * @param {string} out
 */
function declarations(file, out) {
  const text = readFileSync(file, 'utf8').replace(/(["'])(\.{1,2}\/[^"'\n]+)\.ts\1/g, '$1$2.js$1')
  return file === `${out}/lib/index.d.ts` ? `/// <reference path="./pool-files.d.ts" />\n${text}` : text
}

/**
 * Removes the declarations that no door of the package leads to.
 * @param {string} out
 */
async function removeUnreachable(out) {
  /** @type {{ exports: Record<string, { types?: string }> }} */
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  const doors = Object.values(exports).flatMap(({ types }) => types?.replace('./dist/npm', out) ?? [])
  const reached = new Set(await glob(doors))
  for (const file of reached)
    for (const [, path] of readFileSync(file, 'utf8').matchAll(
      /["'](\.{1,2}\/[^"'\n]+?)(?:\.js|\.d\.ts)["']/g,
    ))
      reached.add(join(dirname(file), `${path}.d.ts`))
  for (const file of await glob(`${out}/**/*.d.ts`)) if (!reached.has(file)) rmSync(file)
}

/**
 * A module's code without comments, else as it is written.
 * @param {string} file
 */
async function withoutComments(file) {
  const { code } = await transform(readFileSync(file, 'utf8'), { target: 'esnext', legalComments: 'none' })
  return code
}

/**
 * Puts the report's script and style into the CLI as text: uPlot and the page's sources are not in the package.
 * @returns {import('esbuild').Plugin}
 */
function reportPage() {
  return {
    name: 'report page',
    setup({ onLoad }) {
      onLoad({ filter: /report[\\/]assets\.ts$/ }, async () => ({
        contents: `export const assets = () => Promise.resolve(${JSON.stringify(await bundlePage())})`,
      }))
    },
  }
}

/**
 * Loads a package when something of it is used first, not at the start: each command needs few of them.
 * @returns {import('esbuild').Plugin}
 */
function packagesWhenUsed() {
  const require = createRequire(import.meta.url)
  const namespace = 'package'
  return {
    name: 'packages when used',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) => {
        if (kind === 'import-statement' && !isBuiltin(path)) return { path, namespace, sideEffects: false }
        return kind === 'require-call' ? { path, external: true } : undefined
      })
      onLoad({ filter: /./, namespace }, ({ path }) => {
        const getters = Object.keys(require(path)).map(
          (name) => `get ${name}() { return require('${path}').${name} }`,
        )
        return { contents: `module.exports = { ${getters.join(', ')} }` }
      })
    },
  }
}

/** @param {string[]} command of Node */
function run(...command) {
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 1
}
