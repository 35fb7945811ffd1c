import { defineConfig } from 'loadwright/config'

export default defineConfig({
  suites: ['ours.ts', 'pooled.ts', 'fails.ts'],
  environments: { shop: { caps: { vus: 1000, rate: 100_000 } } },
})
