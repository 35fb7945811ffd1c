/**
 * WebSockets as steps: k6's `k6/websockets`, awaited.
 *
 * @module loadwright/websocket
 */
export type { SocketEnd } from './connection.ts'
export type { SocketMessage, Wanted } from './message.ts'
export { socket, type Socket, type SocketOptions, type Within } from './socket.ts'
