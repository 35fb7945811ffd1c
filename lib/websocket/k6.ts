/** What the door takes of k6. */
export { WebSocket } from 'k6/websockets'
