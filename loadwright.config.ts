import { defineConfig } from './config/index.ts'

export default defineConfig({
  suites: ['examples/*.ts'],
  suite: 'boutique',
  monitors: {
    boutique: {
      target: 'https://boutique.example.com',
      probes: ['Frankfurt', 'London'],
      every: '5m',
      timeout: '30s',
      alerts: [{ name: 'ProbeFailedExecutionsTooHigh', threshold: 2, period: '15m' }],
    },
  },
})
