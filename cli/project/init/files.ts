/** A file that `loadwright init` writes where there is none. */
export interface NewFile {
  path: string
  text: string
  /** Written only together with this one. */
  only?: string
}

/** The environment that `--target` becomes; its caps are small. */
export const TARGET_ENVIRONMENT = 'dev'

/**
 * The files of a new project; with a target its home page is tested, without one the embedded shop. The settings of
 * TypeScript lie beside the suites, which run in k6: whatever else is in the folder has its own.
 */
export function newFiles(target?: { base: string; host: string; loopback: boolean }): NewFile[] {
  return [
    { path: 'suites/first.ts', text: suite(target === undefined) },
    { path: 'loadwright.config.ts', text: config(target) },
    { path: 'suites/tsconfig.json', text: TSCONFIG },
    { path: 'suites/globals.d.ts', text: GLOBALS, only: 'suites/tsconfig.json' },
  ]
}

function suite(shop: boolean): string {
  const more = `
  think(1, 3) // seconds between steps, as a person would take

  step('open a product', () => {
    const product = api.get('/product/OLJCESPC7Z', { name: 'product' })
    check(product, { 'product is shown': status(200), 'it has a price': contains('$') })
  })
`
  const imports = ['check', 'client', 'journey', 'settings', 'status', 'step', 'suite', 'within']
  const names = (shop ? [...imports, 'contains', 'think'] : imports).toSorted()
  const stock = shop ? `import { checkout, shop } from 'loadwright/journeys/boutique'\n` : ''
  const buying = `    shoppers: scenario(checkout, { rate: 1 }), // a stock journey, whose products are tried first\n`
  const limits = `    boutique_checkout_success: ['rate>0.99'],\n    'http_req_duration{journey:checkout}': ['p(95)<1000'],\n`
  return `import { ${names.join(', ')} } from 'loadwright'
${stock}import { workload } from 'loadwright/scenarios'

const api = client(settings().BASE_URL)

/** What one visitor does. */
const visit = journey('visit', () => {
  step('open home', () => {
    const home = api.get('/', { name: 'home' })
    check(home, { 'home answers': status(200), 'within a second': within(1000) })
  })
${shop ? more : ''}})

const scenario = workload() // PROFILE and ENVIRONMENT decide; a smoke test if nothing does

const first = suite({
  name: 'first',
${shop ? '  metrics: [shop],\n' : ''}  scenarios: {
    visitors: scenario(visit, { rate: 2 }), // visits started per second
${shop ? buying : ''}  },
  thresholds: {
    journey_failed: ['rate<0.01'],
    'http_req_duration{journey:visit}': ['p(95)<1000'],
${shop ? limits : ''}  },
})

export const { options, setup, teardown, handleSummary } = first
export default first
`
}

function config(target?: { base: string; host: string; loopback: boolean }): string {
  const hosts = target && !target.loopback ? `, hosts: ['${target.host}']` : ''
  const places = target
    ? `  environments: {
    ${TARGET_ENVIRONMENT}: { target: '${target.base}'${hosts} },
  },`
    : `  // Where else it runs: loadwright run --environment staging
  // environments: { staging: { target: 'https://shop.example.com', hosts: ['shop.example.com'] } },`
  return `import { defineConfig } from 'loadwright/config'

export default defineConfig({
  suites: ['suites/*.ts'],
  environment: '${target ? TARGET_ENVIRONMENT : 'shop'}', // where it runs unless --environment says otherwise
${places}
})
`
}

const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2022",
    "lib": ["es2023"],
    "module": "esnext",
    "moduleResolution": "bundler",
    "moduleDetection": "force",
    "types": ["k6"],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "allowImportingTsExtensions": true,
    "noEmit": true
  },
  "include": [".", "../journeys", "../loadwright.config.ts"],
  "exclude": ["**/*.test.ts", "**/*.pool.ts"]
}
`

const GLOBALS = `// What k6 has and @types/k6 leaves to a DOM or Node library.
interface Console {
  log(...values: unknown[]): void
  debug(...values: unknown[]): void
  info(...values: unknown[]): void
  warn(...values: unknown[]): void
  error(...values: unknown[]): void
}
declare var console: Console
`

/** Lines for `.gitignore`. */
export const IGNORED = ['node_modules/', 'dist/', 'results/']

/** npm scripts; `types` needs TypeScript. */
export const NEW_SCRIPTS: Readonly<Record<string, string>> = {
  smoke: 'loadwright run --profile smoke',
  load: 'loadwright run --profile load',
  types: 'tsc -p suites',
}
