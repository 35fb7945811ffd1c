import { expectTypeOf, test } from 'vitest'
import { socket, type SocketMessage } from './index.ts'

test('a socket gives what its body gives, and is named', () => {
  expectTypeOf(socket('/ws', { name: 'chat' }, async (ws) => (await ws.next()).data)).toEqualTypeOf<
    Promise<string | ArrayBuffer>
  >()
  void socket('/ws', { name: 'chat' }, (ws) => {
    expectTypeOf(ws.next()).toEqualTypeOf<Promise<SocketMessage>>()
    ws.send({ any: 'object' })
    // @ts-expect-error -- a number is no message
    ws.send(1)
  })
  // @ts-expect-error -- no name
  void socket('/ws', {}, () => undefined)
})
