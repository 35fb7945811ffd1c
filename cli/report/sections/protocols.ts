import type { ReportData } from '../data.ts'
import { protocolTables } from '../protocols.ts'
import type { Branch } from '../tree.ts'
import { namedTable } from './namedTable.ts'
import { section } from './parts.ts'

/** What was said by WebSocket, gRPC and GraphQL, by name. */
export function protocolsSection({ record }: ReportData): Branch | undefined {
  const tables = protocolTables(record)
  return tables.length === 0 ? undefined : section('protocols', 'Beyond plain HTTP', tables.map(namedTable))
}
