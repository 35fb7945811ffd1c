import { defineConfig } from './config/index.ts'

export default defineConfig({
  suites: ['examples/*.ts'],
  suite: 'boutique',
})
