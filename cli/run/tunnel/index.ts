export { openTunnel, type Tunnel, type TunnelOptions } from './open.ts'
export { quotaWarnings, type Planned } from './quotas.ts'
export { tunnelSpec, TUNNELS, type TunnelSpec } from '../../project/tunnelSpec.ts'
