export { openTunnel, type Tunnel, type TunnelOptions } from './open.ts'
export { quotaWarnings, type PlannedTraffic } from './quotas.ts'
