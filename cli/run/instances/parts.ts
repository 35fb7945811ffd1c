import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { InstancePart } from '../../project/index.ts'

/** Equal parts of a load for so many instances, each with a free port. */
export async function partsOf(count: number): Promise<InstancePart[]> {
  const ports = await freePorts(count)
  return equalParts(count).map((part, index) => ({ ...part, port: ports[index] ?? 0 }))
}

/** Equal parts of a load for so many instances, wherever they are. */
export function equalParts(count: number): Omit<InstancePart, 'port'>[] {
  const bounds = Array.from({ length: count + 1 }, (_, index) =>
    index === 0 ? '0' : index === count ? '1' : `${index}/${count}`,
  )
  return bounds.slice(1).map((bound, index) => ({
    id: String(index + 1),
    segment: `${bounds[index] ?? ''}:${bound}`,
    sequence: bounds.join(','),
  }))
}

/** How many parts a load has, by one of them. */
export const countOf = ({ sequence }: Pick<InstancePart, 'sequence'>): number =>
  sequence.split(',').length - 1

/** Ports of 127.0.0.1 on which nobody listens, different ones. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await once(server.listen(0, '127.0.0.1'), 'listening')
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}
