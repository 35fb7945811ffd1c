import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { sum } from '../../config/sum.ts'
import { bytes, defined, refusal, refuse, UserError } from '../base/index.ts'
import { productionFile } from '../record/index.ts'
import { importMetrics, importRecording, type Imported } from '../import/index.ts'
import { accessOf } from '../telemetry/index.ts'
import { abortable } from './abort.ts'
import { out, say } from './output.ts'
import { refuseOut, thereAlready, writeAllNew } from './writeNew.ts'

/** From here on a person waits long enough to be told. */
const LONG_BYTES = 20_000_000

interface Flags {
  out?: string
  name?: string
  force?: true
  dryRun?: true
  include: string[]
  variables?: string
  suite?: string
  query?: string
  from?: string
  to?: string
  step?: string
}

/** `loadwright import`: a recording becomes a suite. */
export function addImport(program: Command): void {
  program
    .command('import')
    .description('Make a suite of a recording, a collection, a script or an API document')
    .argument(
      '<file>',
      'a .har, .k6g or .k6b file, a k6 script, an access log, a locustfile, an OpenAPI document, a Postman collection, a saved answer of Prometheus or the URL of one, or what playwright codegen wrote',
    )
    .argument('[more...]', 'further access logs of the same traffic, such as access.log.1')
    .option('--out <file>', 'where the suite goes; suites/NAME.ts if left out')
    .option('--name <name>', 'the suite’s name; that of --out, or of the file, if left out')
    .option('--force', 'overwrite a file that is there')
    .option('--dry-run', 'write nothing, and show the suite')
    .option(
      '--include <part>',
      'of a HAR, a log or metrics, keep requests whose address has this in it; of OpenAPI, try such deprecated operations; repeatable',
      (part: string, parts: string[]) => [...parts, part],
      [],
    )
    .option('--variables <file>', 'of a Postman collection, its environment; the one beside it if left out')
    .option(
      '--suite <name>',
      'of an access log, fit the shares of this suite’s journeys to it, in place of single requests',
    )
    .option('--query <PromQL>', 'what a Prometheus is asked: rates of requests by method and route')
    .option('--from <time>', 'of a Prometheus, how far back or since when; 24h if left out')
    .option('--to <time>', 'of a Prometheus, until when; now if left out')
    .option(
      '--step <duration>',
      'of a Prometheus, time between two rates; the range of the query if left out',
    )
    .addHelpText(
      'after',
      `
What kind of file it is, is read from its content. Passwords, tokens and card numbers are not written into the suite:
it reads them from variables.
What opens a Prometheus comes from the variables of k6's remote write (K6_PROMETHEUS_RW_BEARER_TOKEN …).
Exit code 0 where a suite was made; 104 where the file cannot be imported, or its suite is there already.

Examples:
  loadwright import shopping.har
  loadwright import shopping.har --include cdn.example.com/api
  loadwright import openapi.yaml
  loadwright import script.js --dry-run
  loadwright import access.log access.log.1.gz --name shop
  loadwright import access.log --suite boutique --name lunch
  loadwright import rates.json --name shop
  loadwright import http://127.0.0.1:9090 --query 'sum by (method, route) (rate(http_requests_total[1m]))' --from 24h
  loadwright import checkout.k6b
  loadwright import Generators/checkout.k6g
  loadwright import shop.postman_collection.json --variables staging.postman_environment.json
  npx playwright codegen -o login.spec.ts https://shop.example.com && loadwright import login.spec.ts
  loadwright import login.spec.ts --name sign-in --out suites/sign-in.ts --force
  loadwright import login.spec.ts --dry-run`,
    )
    .action(async (file: string, more: string[], flags: Flags) => {
      await importFile(file, more, flags)
    })
}

async function importFile(file: string, more: readonly string[], flags: Flags): Promise<void> {
  const { out: place, force, dryRun } = flags
  // Files beside a suite have its name, so a file that is named names the suite, too.
  const name = flags.name ?? nameIn(place)
  if (name !== undefined && !/^[\w-]{1,100}$/.test(name))
    throw refusal([
      { where: '--name', got: quote(name), allowed: 'letters, digits, dash and underscore, at most 100' },
    ])
  refuseOut(place)
  const made = isUrl(file)
    ? await importUrl(file, more, { ...flags, ...defined({ name }) })
    : await importPath(file, more, { ...flags, ...defined({ name }) })
  if (dryRun) {
    out(made.text)
    for (const beside of made.files) out(`${beside.name}:\n${beside.text}`)
    out(made.report(place ?? `suites/${made.name}.ts`))
    return
  }
  const path = resolve(place ?? `suites/${made.name}.ts`)
  const shown = relative(process.cwd(), path)
  if (path === resolve(file))
    throw new UserError(`${shown} is the recording itself: name another file by --out`)
  const files = [
    ...made.files.map(({ name: own, text }) => ({ path: join(dirname(path), own), text })),
    { path, text: made.text },
  ]
  if (files.filter((one) => one.path === path).length > 1)
    throw new UserError(`${shown} is a file that the suite imports: name another file by --out`)
  const traffic = made.files.find(({ name: own }) => own.endsWith(TRAFFIC))
  if (traffic !== undefined && productionFile(basename(path)) !== traffic.name)
    throw new UserError(
      `${shown} would not find ${traffic.name}, which has what production was: leave --name out, or give --name ${basename(path, '.ts')}`,
    )
  const there = files.find((one) => existsSync(one.path))
  if (there !== undefined && force !== true)
    throw thereAlready(there.path, place === undefined || flags.name !== undefined ? '--name' : '--out')
  await writeAllNew(files, force === true)
  out(made.report(shown))
}

const TRAFFIC = productionFile('')
/** The name of a suite that a file is for; undefined where no suite is called so. */
const nameIn = (place: string | undefined): string | undefined =>
  place === undefined ? undefined : /^([\w-]{1,100})\.ts$/.exec(basename(place))?.[1]

const isUrl = (file: string): boolean => /^https?:\/\//i.test(file)

async function importPath(file: string, more: readonly string[], flags: Flags): Promise<Imported> {
  const { out: place, name, include, variables, suite, query, from, to, step } = flags
  refuse(foreign({ query, from, to, step }, 'only with the URL of a Prometheus in place of a file'))
  return importRecording(resolve(file), {
    ...defined({ name }),
    include,
    ...(variables === undefined ? undefined : { variables: resolve(variables) }),
    more: more.map((one) => resolve(one)),
    ...(suite === undefined
      ? {}
      : { suite: { name: suite, into: dirname(resolve(place ?? 'suites/x.ts')) } }),
    progress: progressOf([file, ...more]),
  })
}

async function importUrl(url: string, more: readonly string[], flags: Flags): Promise<Imported> {
  const { name, include, variables, suite, query, from, to, step } = flags
  const { access, problems } = accessOf(process.env)
  const others = foreign({ variables, suite }, 'only with a file')
  const files = more.map((one) => ({ where: 'import', got: quote(one), allowed: 'one URL and no file' }))
  return abortable((signal) =>
    importMetrics({
      url,
      access,
      problems: [...others, ...files, ...problems],
      include,
      now: Date.now(),
      signal,
      ...defined({ name, query, from, to, step }),
    }),
  )
}

/** Flags that belong to what else can be imported. */
const foreign = (given: Readonly<Record<string, string | undefined>>, allowed: string): Problem[] =>
  Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [{ where: `--${name}`, got: quote(value), allowed }],
  )

/** Says how much of a long file was read, each tenth of it. */
function progressOf(files: readonly string[]): (bytes: number) => void {
  const size = sum(files.map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0))
  let said = 0
  return (read) => {
    const tenths = Math.floor((read / size) * 10)
    if (size < LONG_BYTES || tenths <= said) return
    said = tenths
    say(`${files.join(', ')}: ${tenths * 10} % of ${bytes(size)} read`)
  }
}
