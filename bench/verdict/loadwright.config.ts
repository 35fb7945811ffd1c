import { defineConfig } from 'loadwright/config'

export default defineConfig({
  suites: ['shopping.ts'],
  environments: { shop: { caps: { vus: 200, rate: 200 } } },
})
