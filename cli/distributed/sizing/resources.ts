import { bytes, number } from '../../base/index.ts'

/** What a load generator may run out of: its name, how an amount of it reads, and what to write where there is too little. */
interface ResourceRow {
  name: string
  amount: (value: number) => string
  /** Where the limit is found. */
  from: string
  fix: string
}

const SEVERAL = 'several machines (docs/distributed.md)'

/** Every resource, in the order in which they are shown. */
export const RESOURCES = {
  cpu: {
    name: 'CPU',
    amount: (cores) => `${number(cores)} cores`,
    from: 'the cores that this machine may use',
    fix: `a lower rate, or ${SEVERAL}: k6 uses all cores by itself, so --instances does not help`,
  },
  memory: {
    name: 'memory',
    amount: bytes,
    from: 'what is available now',
    fix: `fewer VUs, or ${SEVERAL}`,
  },
  files: {
    name: 'open files',
    amount: (count) => number(Math.round(count)),
    from: 'ulimit -Hn, for each process',
    fix: 'more --instances, each of which may open so many, or a higher limit (ulimit -Hn)',
  },
  ports: {
    name: 'ports',
    amount: (count) => number(Math.round(count)),
    from: 'net.ipv4.ip_local_port_range, for all connections to one address',
    fix: `a wider range (sysctl -w net.ipv4.ip_local_port_range="1024 65535"), or ${SEVERAL}`,
  },
  bandwidth: {
    name: 'bandwidth',
    amount: (rate) => `${bytes(rate)}/s`,
    from: 'the speed of the network card',
    fix: SEVERAL,
  },
} as const satisfies Record<string, ResourceRow>

/** A resource of a load generator. */
export type Resource = keyof typeof RESOURCES

/** The names of all resources, in order. */
export const RESOURCE_NAMES = Object.keys(RESOURCES) as Resource[]
