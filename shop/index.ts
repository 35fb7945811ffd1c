/** The embedded target: Online Boutique's HTTP contract on Node, with faults. */
export { ShopError } from './errors.ts'
export type { Fault } from './faults/fault.ts'
export { FAULTS, parseFault, parseFaults } from './faults/parse.ts'
export type { ShopOptions } from './options.ts'
export { startShop, type Shop } from './server.ts'
export type { TraceOptions } from './tracer.ts'
