export { openTunnel, type Tunnel, type TunnelOptions } from './open.ts'
export { quotaWarnings, type Planned } from './quotas.ts'
